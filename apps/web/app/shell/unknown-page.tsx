import { Compass } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNavigation } from '../navigation.tsx';

export default function UnknownPage() {
  const { go } = useNavigation();
  return (
    <EmptyState
      heading="h1"
      icon={<Compass size={24} />}
      title={t('There is nothing at this address')}
      action={<Button onClick={() => go({ page: 'home' }, { replace: true })}>{t('Go to your rooms')}</Button>}
    >
      {t('The link may be incomplete, or what it led to is gone.')}
    </EmptyState>
  );
}
