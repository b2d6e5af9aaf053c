import { Choice } from '../../ui/choice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { themes } from '../accounts/account-choices.tsx';
import { useSetting } from './use-setting.ts';

const densities = [
  { value: 'comfortable', label: 'Comfortable', hint: 'Room between messages' },
  { value: 'compact', label: 'Compact', hint: 'More on the screen' },
] as const;

const textSizes = [
  { value: 'small', label: 'Small' },
  { value: 'medium', label: 'Medium' },
  { value: 'large', label: 'Large' },
] as const;

export function AppearanceSection() {
  const [theme, setTheme] = useSetting('theme');
  const [density, setDensity] = useSetting('density');
  const [textSize, setTextSize] = useSetting('textSize');
  return (
    <PageSection title="Appearance" hint="The same on all of your devices.">
      <Choice legend="Theme" value={theme} options={themes} onChange={setTheme} />
      <Choice legend="Density" value={density} options={densities} onChange={setDensity} />
      <Choice legend="Text size" value={textSize} options={textSizes} onChange={setTextSize} />
    </PageSection>
  );
}
