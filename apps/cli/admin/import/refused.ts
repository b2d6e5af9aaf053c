/** An export cannot be brought; the message is a sentence for whoever gave it. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}
