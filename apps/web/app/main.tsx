import '../design/tokens.css';
import '../design/reset.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { EntranceProvider, openEntrance } from './entrance.tsx';
import { wasInside } from './inside-before.ts';
import { NavigationProvider } from './navigation.tsx';
import { PreferencesProvider } from './preferences.tsx';

const entrance = openEntrance();
if (wasInside()) void import('./signed-in-app.tsx');

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root.');
createRoot(place).render(
  <EntranceProvider entrance={entrance}>
    <PreferencesProvider>
      <NavigationProvider>
        <App />
      </NavigationProvider>
    </PreferencesProvider>
  </EntranceProvider>,
);
