import { type ComponentProps, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';

interface GrowingTextAreaProps extends Omit<ComponentProps<'textarea'>, 'rows' | 'ref'> {
  ref?: Ref<HTMLTextAreaElement>;
}

/** A text area as high as its text, up to the `max-height` that its place gives it (a third of the screen). */
export function GrowingTextArea({ ref, ...rest }: GrowingTextAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    const borders = element.offsetHeight - element.clientHeight;
    element.style.height = `${element.scrollHeight + borders}px`;
  }, [rest.value]);
  return <textarea {...rest} ref={area} rows={1} style={{ maxHeight: '33dvh', ...rest.style }} />;
}
