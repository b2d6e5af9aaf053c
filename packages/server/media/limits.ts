/** Bounds of the process that looks into files. */
export const mediaLimits = {
  /** Milliseconds that a task may take, and what is added for every MiB that it has to read in whole. */
  taskMs: 20_000,
  taskMsPerMiB: 50,
  /** Bytes of memory in which the process may be while it makes previews, while it tells what a file is, and afterwards. */
  residentBytes: 512 * 1024 * 1024,
  tellingBytes: 256 * 1024 * 1024,
  restingBytes: 192 * 1024 * 1024,
  /** Milliseconds between two looks at how much that is. */
  residentCheckMs: 100,
  /** MiB in which its JavaScript may be. */
  heapMiB: 256,
  /** Milliseconds without a task after which the process ends. */
  idleMs: 5 * 60_000,
  /** Tasks after which a new process takes over. */
  tasksPerChild: 500,
  /** Tasks that wait for one process. */
  queuedTasks: 200,
  /** Milliseconds after which a copy that nobody took is removed. */
  leftoverMs: 3_600_000,
} as const;

export type MediaLimits = { readonly [name in keyof typeof mediaLimits]: number };

/** Bounds of what the process takes out of files, and of what it makes. */
export const lookLimits = {
  /** Pixels of a picture that is decoded, all frames of a still one together. */
  pixels: 100_000_000,
  /** Frames, and pixels of all of them together, up to which a picture's previews move. */
  frames: 500,
  movingPixels: 50_000_000,
  /** Pixels from top to bottom in a preview, and bytes that one may have. */
  previewHeight: 4_096,
  previewBytes: 4 * 1024 * 1024,
  /** Bytes of a drawing (SVG), of a PDF, of a bitmap (BMP) that is read into memory. */
  drawingBytes: 1024 * 1024,
  pdfBytes: 100 * 1024 * 1024,
  bitmapBytes: 200 * 1024 * 1024,
  /** Letters of a path in an archive. */
  entryNameChars: 500,
  /** Bytes that an archive is unpacked to in search of paths, and that of an unpacked one are read. */
  inflatedBytes: 64 * 1024 * 1024,
  tarBytes: 1024 * 1024 * 1024,
  /** Stretches of which a copy without what was taken out is put together. */
  pieces: 100_000,
  /** Boxes of a video, or directories of a TIFF, that are looked at. */
  boxes: 20_000,
  directories: 200,
  /** Bytes of a list of what a picture consists of. */
  listBytes: 1024 * 1024,
  /** Bytes at the beginning and at the end that have to be text in a text. */
  textBytes: 64 * 1024,
} as const;
