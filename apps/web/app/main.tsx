import '../design/tokens.css';
import '../design/reset.css';
import { createConfab } from '@confab/client';
import { ConfabProvider } from '@confab/client/react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { NavigationProvider } from './navigation.tsx';
import { PreferencesProvider } from './preferences.tsx';

const confab = createConfab({ url: '', clientName: 'Confab web' });
confab.start();

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root.');
createRoot(place).render(
  <ConfabProvider confab={confab}>
    <PreferencesProvider>
      <NavigationProvider>
        <App />
      </NavigationProvider>
    </PreferencesProvider>
  </ConfabProvider>,
);
