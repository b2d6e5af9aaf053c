import type { LucideProps } from 'lucide-react';

/** An icon that is drawn from the picture of all icons. It takes what Lucide's own take. */
export function spriteIcon(address: string) {
  return function SpriteIcon({ size = 24, strokeWidth = 2, color = 'currentColor', className, ...rest }: LucideProps) {
    return (
      // biome-ignore lint/a11y/noSvgWithoutTitle: what stands beside an icon, or its label, says what it means
      <svg
        xmlns="http://www.w3.org/2000/svg"
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke={color}
        strokeWidth={strokeWidth}
        strokeLinecap="round"
        strokeLinejoin="round"
        className={className === undefined ? 'lucide' : `lucide ${className}`}
        aria-hidden={rest['aria-label'] === undefined}
        {...rest}
      >
        <use href={address} />
      </svg>
    );
  };
}
