/** One thing plays at a time: pauses the videos on the page, all but one. */
export function pauseVideos(except?: HTMLVideoElement): void {
  for (const video of document.querySelectorAll('video')) if (video !== except) video.pause();
}
