import { languages } from '@confab/protocol/languages.ts';
import { currentLanguage, languageNames } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { themes } from '../accounts/account-choices.tsx';
import { useSetting } from './use-setting.ts';

const densities = () =>
  [
    { value: 'comfortable', label: t('Comfortable'), hint: t('More air between messages') },
    { value: 'compact', label: t('Compact'), hint: t('More on the screen') },
  ] as const;

const textSizes = () =>
  [
    { value: 'small', label: t('Small') },
    { value: 'medium', label: t('Medium') },
    { value: 'large', label: t('Large') },
  ] as const;

export function AppearanceSection() {
  const [theme, setTheme] = useSetting('theme');
  const [density, setDensity] = useSetting('density');
  const [textSize, setTextSize] = useSetting('textSize');
  const [language, setLanguage] = useSetting('language');
  return (
    <>
      <Choice legend={t('Theme')} value={theme} options={themes()} onChange={setTheme} />
      <Choice legend={t('Density')} value={density} options={densities()} onChange={setDensity} />
      <Choice legend={t('Text size')} value={textSize} options={textSizes()} onChange={setTextSize} />
      <SelectField
        label={t('Language')}
        hint={t('Of the app, and of mails to you.')}
        value={language ?? currentLanguage()}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={setLanguage}
      />
    </>
  );
}
