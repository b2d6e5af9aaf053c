/** Bounds that are part of the protocol: both sides know them, and `connection.hello` tells those that can differ. */
export const limits = {
  messageChars: 10_000,
  handleChars: { min: 2, max: 32 },
  personNameChars: 80,
  passwordChars: { min: 10, max: 256 },
  roomNameChars: 60,
  topicChars: 250,
  spaceNameChars: 60,
  /** What a space says to those who join it, and a room of itself. */
  welcomeChars: 3_000,
  roomDescriptionChars: 1_500,
  clientIdChars: 64,
  /** Logs in one `log.listen` or `log.unlisten`. */
  logsPerCommand: 1_000,
  /** Events of one log in one answer; a longer gap is paged with `log.read` ([L6]). */
  eventsPerAnswer: 500,
  messagesPerPage: 100,
  peoplePerPage: 200,
  /** In a direct or group, oneself among them. */
  peoplePerGroup: 30,
  blocksPerPerson: 1_000,
  webhooksPerRoom: 50,
  /** People whose presence one connection can watch. */
  watchedPeople: 500,
  cursorNameChars: 128,
  /** Of one cursor's state as JSON. */
  cursorStateBytes: 16 * 1024,
  /** What a connection that others meet calls itself, and what proves that a claimed id is its own. */
  peerIdChars: 64,
  peerSecretChars: 256,
  /** What one signal between peers carries. */
  signalChars: 65_536,
  /** What a broadcast is called, and what it carries. */
  broadcastNameChars: 64,
  broadcastChars: 16_384,
  emojiChars: 64,
  /** Emoji of its own that a space may have. */
  customEmojiPerSpace: 500,
  customEmojiNameChars: 32,
  customEmojiAliases: 5,
  /** Of a custom emoji's picture: its file, and its width and height in pixels. */
  customEmojiBytes: 128 * 1024,
  customEmojiPixels: 512,
  /** Of the picture of a person, room or space: its file, and its width and height in pixels. */
  pictureBytes: 256 * 1024,
  picturePixels: 1_024,
  /** People, and groups of people, whom one message names. */
  mentionsPerMessage: 50,
  groupsPerMessage: 5,
  /** Groups of people that are mentioned together. */
  peopleGroupsPerSpace: 100,
  peoplePerPeopleGroup: 500,
  groupNameChars: 80,
  /** People whom an `@here` calls one by one; where more are online it calls the room. */
  calledHere: 500,
  /** What of a name is looked for. */
  nameSearchChars: 80,
  /** Unread mentions of one room that are told one by one. */
  shownMentions: 100,
  /** Different emoji on one message. */
  emojiPerMessage: 50,
  /** People whom a message names for each of its emoji. */
  shownReactors: 20,
  /** People whom a message names for those who replied to it. */
  shownRepliers: 5,
  filesPerMessage: 10,
  fileNameChars: 200,
  /** What a file shows, in words. */
  fileDescriptionChars: 1_000,
  /** Files of one person that are on their way, or lie there without being posted. */
  waitingFilesPerPerson: 100,
  filesPerPage: 50,
  /** Loudnesses that a recording is drawn with. */
  waveformPoints: 100,
  /** Things in an archive that are listed. */
  archiveEntries: 500,
  /** How long a signed address of a file is good, in milliseconds. */
  fileAddressMs: 15 * 60_000,
  /** How long a file that nobody posts is kept, in milliseconds. */
  waitingFileMs: 24 * 3_600_000,
  pinsPerRoom: 100,
  pollOptions: { min: 2, max: 10 },
  pollOptionChars: 100,
  /** People whom a poll names for each of its options. */
  shownVoters: 5,
  /** Links of a message that are shown with what their pages say of themselves. */
  previewsPerMessage: 3,
  linkChars: 2_048,
  previewTitleChars: 200,
  previewTextChars: 300,
  previewSiteChars: 80,
  /** What one looks for. */
  searchChars: 400,
  searchResultsPerPage: 50,
  /** Places in one message that are shown to match. */
  searchMarks: 50,
  statusChars: 100,
  /** Members of a room in which receipts are told, at most. */
  receiptMembers: 200,
  /** Rooms in one `receipt.mark-delivered`. */
  roomsPerDelivery: 100,
  /** Earlier texts that are kept of an edited message. */
  messageVersions: 50,
  /** People who follow one thread. */
  threadFollowers: 100,
  threadsPerPage: 50,
  /** Followed threads with unread replies that `account.home` names. */
  unreadThreads: 100,
  /** Messages of one person that wait to be posted later. */
  scheduledPerPerson: 100,
  /** What is begun and not sent yet; it may be longer than what can be sent. */
  draftChars: 20_000,
  draftsPerPerson: 100,
  remindersPerPerson: 100,
  /** Of what one takes along: at a time, and for how long it is there, in milliseconds. */
  exportsPerPerson: 5,
  exportLifetimeMs: 24 * 3_600_000,
  bookmarksPerPerson: 1_000,
  bookmarkNoteChars: 200,
  /** Sections of one’s own list of rooms, in all spaces together; and rooms that stand in one, or on top. */
  sectionsPerPerson: 100,
  sectionNameChars: 40,
  roomPlacesPerPerson: 2_000,
  /** Why moderators did something, and what somebody says of a message that they report. */
  reasonChars: 500,
  reportNoteChars: 1_000,
  /** Reports that are shown of one message; messages that one person reported and that nobody has decided on. */
  shownReports: 20,
  openReportsPerPerson: 50,
  /** What moderators told one person and that they have not seen. */
  moderationNotes: 20,
  moderationPerPage: 100,
  /** Mutes, and bans, of a space that are listed. */
  sanctionsShown: 500,
  filterRules: 200,
  filterRuleChars: 60,
  /** The longest time between two posts in a room with slow mode, in milliseconds: six hours. */
  slowModeMs: 6 * 3_600_000,
  /** How long the record of a space is kept at most: ten years. */
  auditDays: 3_650,
  /** Browsers of one person that are told though no page is open. */
  pushSubscriptionsPerPerson: 20,
  pushEndpointChars: 1_000,
  /** What a notification outside the page quotes of a message. */
  pushTextChars: 300,
  /** RFC 5321, section 4.5.3.1.3, without the brackets. */
  emailChars: 254,
  /** Mails to confirm an address, or to test it, within an hour: that one person asks for, and to one address. */
  mailsAskedPerPerson: 5,
  mailsAskedPerAddress: 5,
  /** Messages that one mail tells of; and those that are looked at for it. */
  mailMessages: 20,
  mailAlertsKept: 200,
  /** How far ahead something can be scheduled, in milliseconds: a year. */
  scheduleAheadMs: 366 * 24 * 3_600_000,
} as const;
