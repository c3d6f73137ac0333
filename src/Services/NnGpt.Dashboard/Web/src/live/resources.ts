import { useLive, type Live } from "./hooks";

export interface Resource {
  name: string;
  displayName: string;
  resourceType: string;
  state: string;
  health: string;
  detail: string;
  pid: number;
  restarts: number;
  startedAt?: string;
  urls: { endpointName: string; fullUrl: string }[];
  environment: { name: string; value: string; isSecret: boolean }[];
  relationships: { resourceName: string; type: string }[];
  commands: { name: string; displayName: string; enabled: boolean }[];
}

interface Update { initialData?: { resources: Resource[] }; changes?: { upserts: Resource[] } }

export function useResources(): Live<Resource[]> {
  return useLive<Resource[], Update>("resources", "", (state, update) => {
    if (update.initialData) return update.initialData.resources;
    const changed = new Map((update.changes?.upserts ?? []).map((resource) => [resource.name, resource]));
    return (state ?? []).map((resource) => changed.get(resource.name) ?? resource);
  });
}
