import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { formatRoute, parseRoute, type Route } from './route.ts';

interface Navigation {
  route: Route;
  /** Counts every navigation, so that following the link to where one already is can be noticed. */
  visit: number;
  /** Goes to a route; with `replace`, Back does not return here. */
  go(route: Route, options?: { replace?: boolean }): void;
}

const NavigationContext = createContext<Navigation | null>(null);

function currentRoute(): Route {
  return parseRoute(location.pathname, location.search);
}

export function NavigationProvider({ children }: { children: ReactNode }) {
  const [{ route, visit }, setState] = useState(() => ({ route: currentRoute(), visit: 0 }));
  const update = useCallback(() => setState((last) => ({ route: currentRoute(), visit: last.visit + 1 })), []);
  useEffect(() => {
    addEventListener('popstate', update);
    return () => removeEventListener('popstate', update);
  }, [update]);
  const go = useCallback(
    (next: Route, options?: { replace?: boolean }) => {
      const address = formatRoute(next);
      const same = address === location.pathname + location.search;
      if (options?.replace || same) history.replaceState(null, '', address);
      else history.pushState(null, '', address);
      update();
    },
    [update],
  );
  const navigation = useMemo(() => ({ route, visit, go }), [route, visit, go]);
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (navigation === null) throw new Error('useNavigation needs a NavigationProvider above it.');
  return navigation;
}

interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  to: Route;
}

/** A real link: middle click and modifier keys do what the browser does, a plain click stays in the app. */
export function Link({ to, onClick, children, ...rest }: LinkProps) {
  const { go } = useNavigation();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={formatRoute(to)} onClick={follow}>
      {children}
    </a>
  );
}
