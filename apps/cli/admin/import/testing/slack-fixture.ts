/**
 * An export of Slack of our own making, after its public description, with what is odd about it. 1,700,000,000 is the
 * 14th of November 2023.
 */
const second = 1_700_000_000;
/** The `ts` so many seconds after the beginning. */
export const ts = (after: number, micros = '000100'): string => `${second + after}.${micros}`;
export const msOf = (after: number): number => (second + after) * 1_000;

const user = (id: string, name: string, more: object = {}) => ({
  id,
  team_id: 'T1',
  name,
  deleted: false,
  profile: { real_name: `${name} of the team`, display_name: name, email: `${name}@example.org` },
  ...more,
});

const said = (by: string, after: number, text: string, more: object = {}) => ({
  type: 'message',
  user: by,
  ts: ts(after),
  text,
  ...more,
});

export const slackFixture = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  'users.json': [
    user('U1', 'ada'),
    user('U2', 'Ben.B'),
    user('U3', 'cleo', { deleted: true }),
    user('U4', 'gus', { is_restricted: true }),
    user('U5', 'owner'),
    user('B9', 'buildbot', { is_bot: true }),
  ],
  'channels.json': [
    {
      id: 'C1',
      name: 'general',
      created: second - 100,
      creator: 'U1',
      is_archived: false,
      members: ['U1', 'U2', 'U4', 'U5', 'B9'],
      topic: { value: 'All of us &amp; more' },
      pins: [
        { type: 'C', id: ts(10), created: second + 500, user: 'U2' },
        { type: 'C', id: 'F123', created: second + 501, user: 'U2' },
      ],
    },
    { id: 'C2', name: 'old-news', created: second - 90, creator: 'U3', is_archived: true, members: [] },
  ],
  'groups.json': [{ id: 'G1', name: 'secret', created: second - 80, creator: 'U2', members: ['U1', 'U2'] }],
  'dms.json': [
    { id: 'D1', created: second - 70, members: ['U1', 'U2'] },
    { id: 'D2', created: second - 70, members: ['U1', 'USLACKBOT'] },
  ],
  'mpims.json': [
    { id: 'M1', name: 'mpdm-ada--ben--cleo-1', created: second - 60, creator: 'U1', members: ['U1', 'U2', 'U3'] },
  ],
  'integration_logs.json': [],
  'general/2023-11-14.json': [
    { type: 'message', subtype: 'channel_join', user: 'U2', ts: ts(1), text: '<@U2> has joined the channel' },
    said(
      'U1',
      10,
      'Hello <@U2>, see <#C2|old-news> &amp; <https://example.org/a_b|the *page*> *now* :wave::skin-tone-3:',
      {
        edited: { user: 'U1', ts: ts(300) },
        reactions: [
          { name: 'thumbsup', users: ['U2', 'U5'], count: 3 },
          { name: 'partyparrot', users: ['U2'], count: 1 },
        ],
        thread_ts: ts(10),
        reply_count: 2,
      },
    ),
    said('U2', 20, 'a reply', { thread_ts: ts(10), parent_user_id: 'U1' }),
    said('U5', 30, 'shown in the room too', { thread_ts: ts(10), subtype: 'thread_broadcast' }),
    said('U2', 40, 'a reply to what is gone', { thread_ts: ts(-5_000) }),
    said('U2', 50, '<!channel> come <!here>', {}),
    said('U1', 60, 'waves', { subtype: 'me_message' }),
    said('U1', 70, '', {
      files: [
        { id: 'F1', name: 'plan.pdf' },
        { id: 'F2', mode: 'tombstone' },
      ],
    }),
    {
      type: 'message',
      subtype: 'bot_message',
      bot_id: 'BX',
      username: 'Deploys',
      ts: ts(80),
      text: '',
      attachments: [{ title: 'Build 7', title_link: 'https://ci.example/7', text: 'passed', fallback: 'x' }],
    },
    said('UFOREIGN', 90, 'from elsewhere', { user_profile: { real_name: 'Zoe', name: 'zoe' } }),
    { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', ts: ts(95), text: 'This message was deleted.' },
    { broken: true },
    said('U1', 100, '```let a = "<b>";\n&lt;i&gt;```'),
    said('U3', 110, '', {
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'from blocks ' },
                { type: 'user', user_id: 'U1' },
              ],
            },
          ],
        },
      ],
    }),
  ],
  'general/2023-11-15.json': [
    said('U1', 60, 'waves', { subtype: 'me_message' }),
    said('U1', 86_400, 'x'.repeat(10_005)),
  ],
  'old-news/2023-11-14.json': [said('U3', 5, 'It was.')],
  'secret/2023-11-14.json': [said('U2', 15, 'psst <@U1> <@U5>')],
  'D1/2023-11-14.json': [said('U1', 25, 'between us')],
  'D2/2023-11-14.json': [said('USLACKBOT', 26, 'I am a program')],
  'mpdm-ada--ben--cleo-1/2023-11-14.json': [said('U3', 27, 'three of us')],
  'lost-room/2023-11-14.json': [said('U3', 28, 'nobody lists this')],
  ...more,
});
