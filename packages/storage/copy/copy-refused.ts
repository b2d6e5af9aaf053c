/** Why nothing was copied: a sentence for whoever asked for it. Nothing was changed, or what was begun was undone. */
export class CopyRefused extends Error {
  override readonly name: string = 'CopyRefused';
}

/** The connection was lost during the commit: the copy may be there, whole, or not at all. */
export class CommitUnknown extends CopyRefused {
  override readonly name = 'CommitUnknown';
}
