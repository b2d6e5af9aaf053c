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
  /** Counts how often one went to where one already was, so that following the same link again does something. */
  repeats: number;
  /** Goes to a route; with `replace`, Back does not return here. */
  go(route: Route, options?: { replace?: boolean }): void;
}

const NavigationContext = createContext<Navigation | null>(null);

function currentRoute(): Route {
  return parseRoute(location.pathname, location.search);
}

export function NavigationProvider({ children }: { children: ReactNode }) {
  const [{ route, repeats }, setState] = useState(() => ({ route: currentRoute(), repeats: 0 }));
  useEffect(() => {
    const follow = () => setState((last) => ({ ...last, route: currentRoute() }));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((next: Route, options?: { replace?: boolean }) => {
    const address = formatRoute(next);
    const same = address === location.pathname + location.search;
    if (options?.replace || same) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setState((last) => ({ route: currentRoute(), repeats: last.repeats + (same ? 1 : 0) }));
  }, []);
  const navigation = useMemo(() => ({ route, repeats, go }), [route, repeats, go]);
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
