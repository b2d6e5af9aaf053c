/** What a channel's name is made of; apart from its schema, for those who run without one. */
export const roomNamePattern = '^[\\p{L}\\p{N}\\p{M}_-]+$';
