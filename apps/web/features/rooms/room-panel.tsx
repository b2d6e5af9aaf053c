import type { RoomState } from '@confab/client';
import { type ComponentType, type LazyExoticComponent, type ReactNode, Suspense } from 'react';
import type { Panel } from '../../app/route.ts';
import { PanelPlace } from '../../app/shell/panel.tsx';
import { lazy } from '../../ui/lazy.ts';
import type { RoomRoute } from './room-page.tsx';

export interface RoomPanelProps {
  room: RoomState;
  route: RoomRoute;
  /** Whether one may delete and remove what is others'. */
  moderates: boolean;
}

const SearchPanel = lazy(() => import('../search/search-panel.tsx'));
const ThreadPanel = lazy(() => import('../threads/thread-panel.tsx'));

/** What each panel is drawn by; loaded when it is opened first. */
const panels: Readonly<Record<Extract<Panel, string>, LazyExoticComponent<ComponentType<RoomPanelProps>>>> = {
  details: lazy(() => import('./details-panel.tsx')),
  members: lazy(() => import('./members-panel.tsx')),
  pins: lazy(() => import('../pins/pins-panel.tsx')),
  files: lazy(() => import('../files-panel/files-panel.tsx')),
};

/** What stands beside the conversation, as the address says. */
export function RoomPanel(props: RoomPanelProps): ReactNode {
  const { panel } = props.route;
  if (panel === null) return null;
  if (typeof panel === 'object') {
    return (
      <Suspense fallback={<PanelPlace />}>
        {'search' in panel ? (
          <SearchPanel {...props} place={panel} />
        ) : (
          <ThreadPanel key={panel.thread} {...props} place={panel} />
        )}
      </Suspense>
    );
  }
  const Shown = panels[panel];
  return (
    <Suspense fallback={<PanelPlace />}>
      <Shown {...props} />
    </Suspense>
  );
}
