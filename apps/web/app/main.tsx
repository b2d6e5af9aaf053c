import '../design/tokens.css';
import '../design/reset.css';
import { createRoot } from 'react-dom/client';
import { browserLanguage, speak } from '../language/language.ts';
import { App } from './app.tsx';
import { EntranceProvider, openEntrance } from './entrance.tsx';
import { wasInside } from './inside-before.ts';
import { NavigationProvider } from './navigation.tsx';
import { PreferencesProvider, storedPreferences } from './preferences.tsx';
import { Spoken } from './spoken.tsx';

const entrance = openEntrance();
if (wasInside()) void import('./signed-in-app.tsx');

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root.');
const root = createRoot(place);
const draw = () =>
  root.render(
    <EntranceProvider entrance={entrance}>
      <PreferencesProvider>
        <NavigationProvider>
          <Spoken>
            <App />
          </Spoken>
        </NavigationProvider>
      </PreferencesProvider>
    </EntranceProvider>,
  );
// Without its catalogue, when it is offline for example, the page speaks English.
void speak(storedPreferences().language ?? browserLanguage()).then(draw, draw);
