/** How a picture is looked at: how much larger than it fits, and how far its middle is from the middle of the stage. */
export interface Zoom {
  scale: number;
  /** CSS pixels. */
  x: number;
  y: number;
}

export interface Extent {
  width: number;
  height: number;
}

export const unzoomed: Zoom = { scale: 1, x: 0, y: 0 };

export const mostScale = 8;

/** A picture as large as fits into a stage, and no larger than it is. */
export function fitted(picture: Extent, stage: Extent): Extent {
  const scale = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

const within = (value: number, most: number): number => Math.min(Math.max(value, -most), most);

/** No further than to the picture's edge, and not at all where all of it is in sight. */
function bounded({ scale, x, y }: Zoom, picture: Extent, stage: Extent): Zoom {
  const mostX = Math.max(0, (picture.width * scale - stage.width) / 2);
  const mostY = Math.max(0, (picture.height * scale - stage.height) / 2);
  return { scale, x: within(x, mostX), y: within(y, mostY) };
}

/** Larger or smaller by a factor; what is at `point`, counted from the middle of the stage, stays there. */
export function zoomed(
  zoom: Zoom,
  factor: number,
  point: { x: number; y: number },
  /** `null`: not known, so that it may go past its edges. */
  size: { picture: Extent; stage: Extent } | null,
): Zoom {
  const scale = Math.min(Math.max(zoom.scale * factor, 1), mostScale);
  if (scale === 1) return unzoomed;
  const grown = scale / zoom.scale;
  const x = point.x - (point.x - zoom.x) * grown;
  const y = point.y - (point.y - zoom.y) * grown;
  return size === null ? { scale, x, y } : bounded({ scale, x, y }, size.picture, size.stage);
}

export function moved(zoom: Zoom, byX: number, byY: number, size: { picture: Extent; stage: Extent }): Zoom {
  return bounded({ ...zoom, x: zoom.x + byX, y: zoom.y + byY }, size.picture, size.stage);
}
