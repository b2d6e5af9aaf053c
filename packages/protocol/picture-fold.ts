/** A person, room or space after its picture was set, or taken away with `null`. */
export function withPicture<T extends { picture?: string }>(shown: T, picture: string | null): T {
  if (picture !== null) return { ...shown, picture };
  const { picture: _, ...rest } = shown;
  return rest as T;
}
