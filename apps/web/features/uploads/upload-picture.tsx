import { File, FileArchive, FileAudio, FileText, FileVideo, Image } from 'lucide-react';
import { useState } from 'react';
import styles from './upload-picture.module.css';
import { useObjectUrl } from './use-object-url.ts';

interface UploadPictureProps {
  data: Blob | null;
  /** As this device says. */
  type: string;
}

/** What is about to be sent as far as this device can show it: pictures and videos at once, an icon of the rest. */
export function UploadPicture({ data, type }: UploadPictureProps) {
  const isShown = /^(image|video)\//.test(type);
  const address = useObjectUrl(isShown ? data : null);
  const [failed, setFailed] = useState(false);
  const Icon = iconOf(type);
  const hasPicture = address !== null && !failed;
  return (
    <span className={styles.picture}>
      {!hasPicture ? (
        <Icon size={20} aria-hidden />
      ) : type.startsWith('video/') ? (
        <video
          src={address}
          muted
          playsInline
          preload="metadata"
          onError={() => setFailed(true)}
          tabIndex={-1}
          aria-hidden
        />
      ) : (
        <img src={address} alt="" draggable={false} onError={() => setFailed(true)} />
      )}
    </span>
  );
}

const archives = /zip|x-tar|gzip|7z|rar|x-xz|zstd|compressed/;

function iconOf(type: string) {
  if (type.startsWith('image/')) return Image;
  if (type.startsWith('video/')) return FileVideo;
  if (type.startsWith('audio/')) return FileAudio;
  if (type.startsWith('text/') || type === 'application/pdf' || type === 'application/json') return FileText;
  return archives.test(type) ? FileArchive : File;
}
