import { useEffect, useState } from "preact/hooks";

const changed = "nngpt:navigate";

/** Goes to another page of the dashboard without a reload. */
export function navigate(to: string, replace = false) {
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  dispatchEvent(new Event(changed));
}

/** The address, followed. Links inside the dashboard are taken over by {@link takeLinks}. */
export function useAddress(): URL {
  const [href, setHref] = useState(location.href);
  useEffect(() => {
    const update = () => setHref(location.href);
    addEventListener("popstate", update);
    addEventListener(changed, update);
    return () => {
      removeEventListener("popstate", update);
      removeEventListener(changed, update);
    };
  }, []);
  return new URL(href);
}

/** A setting of a page that is kept in its address, so that it survives a reload and can be sent to others. */
export function useParameter(name: string, initial = ""): [string, (value: string) => void] {
  const address = useAddress();
  return [
    address.searchParams.get(name) ?? initial,
    (value) => {
      const next = new URL(location.href);
      if (value === initial) next.searchParams.delete(name);
      else next.searchParams.set(name, value);
      navigate(next.pathname + next.search, true);
    },
  ];
}

export function takeLinks(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin || link.pathname.startsWith("/api/")) return;
  if (link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  if (link.href !== location.href) {
    navigate(link.pathname + link.search);
    scrollTo(0, 0);
  }
}
