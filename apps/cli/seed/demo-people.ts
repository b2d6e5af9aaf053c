/** First names only, from many places; one is long and one is written from right to left, because such people exist. */
export const demoPeople: readonly { handle: string; name: string }[] = [
  { handle: 'ines', name: 'Ines' },
  { handle: 'tomasz', name: 'Tomasz' },
  { handle: 'yuki', name: 'Yuki' },
  { handle: 'amara', name: 'Amara' },
  { handle: 'bjorn', name: 'Björn' },
  { handle: 'leila', name: 'ليلى' },
  { handle: 'mateo', name: 'Mateo' },
  { handle: 'priya', name: 'Priya' },
  { handle: 'noam', name: 'Noam' },
  { handle: 'maximiliane', name: 'Maximiliane from the workshop upstairs' },
  { handle: 'kofi', name: 'Kofi' },
  { handle: 'sena', name: 'Sena' },
];
