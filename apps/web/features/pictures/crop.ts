/** A picture's size in pixels of its own. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The square that is cut out of a picture: its middle in the picture's pixels, and how much larger it is shown. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  /** 1: as much as fits in. */
  readonly zoom: number;
}

export const mostZoom = 5;

/** Of a picture that nobody has touched yet: its middle. */
export const wholeCrop = ({ width, height }: Size): Crop => ({ x: width / 2, y: height / 2, zoom: 1 });

/** How long the square's sides are, in the picture's pixels. */
export const sideOf = ({ width, height }: Size, { zoom }: Crop): number => Math.min(width, height) / zoom;

const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);

/** The same, within the picture and the bounds of zooming. */
function bounded(size: Size, crop: Crop): Crop {
  const zoom = between(1, crop.zoom, mostZoom);
  const half = sideOf(size, { ...crop, zoom }) / 2;
  return { x: between(half, crop.x, size.width - half), y: between(half, crop.y, size.height - half), zoom };
}

/** Moves the square by parts of its own side: 1 is a whole square to the right, or down. */
export function moved(size: Size, crop: Crop, right: number, down: number): Crop {
  const side = sideOf(size, crop);
  return bounded(size, { ...crop, x: crop.x + right * side, y: crop.y + down * side });
}

/** Zooms so that what stands at a place of the square stays there: 0 is its left or upper edge, 1 the other one. */
export function zoomed(size: Size, crop: Crop, zoom: number, at: { x: number; y: number } = { x: 0.5, y: 0.5 }): Crop {
  const next = between(1, zoom, mostZoom);
  const shrunk = sideOf(size, crop) - sideOf(size, { ...crop, zoom: next });
  return bounded(size, { x: crop.x + (at.x - 0.5) * shrunk, y: crop.y + (at.y - 0.5) * shrunk, zoom: next });
}
