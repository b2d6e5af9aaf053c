import { useEffect, useState } from 'react';

/** An address under which this page alone finds what is in a file, as long as it is shown. */
export function useObjectUrl(data: Blob | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (data === null) return;
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => {
      setAddress(null);
      URL.revokeObjectURL(made);
    };
  }, [data]);
  return address;
}
