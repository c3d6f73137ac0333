import { count } from "../../parts/format";
import { groups, type Field } from "./fields";

export interface Setting { path: string; default: string; range: string }
export interface SettingProblem { path: string; line: number; message: string }

interface Props {
  settings: Map<string, Setting>;
  /** What the profile sets. */
  values: Record<string, string>;
  /** What was changed. */
  changes: Record<string, string>;
  problems: SettingProblem[];
  change: (path: string, value: string | null) => void;
}

/** The settings that are changed most, each with the profile's value, its range and what is wrong with it. */
export function SettingFields({ settings, values, changes, problems, change }: Props) {
  return (
    <div class="setting-groups">
      {groups.map((group) => (
        <fieldset key={group.title}>
          <legend>{group.title}</legend>
          {group.fields.map((field) => {
            const setting = settings.get(field.path);
            return setting && <SettingField key={field.path} field={field} setting={setting} own={values[field.path]} changed={changes[field.path]} wrong={problems.filter((problem) => problem.path === field.path)} change={change} />;
          })}
        </fieldset>
      ))}
    </div>
  );
}

function SettingField({ field, setting, own, changed, wrong, change }: { field: Field; setting: Setting; own: string | undefined; changed: string | undefined; wrong: SettingProblem[]; change: Props["change"] }) {
  const before = own ?? (field.unset ? "" : setting.default);
  const value = changed ?? before;
  const id = `setting-${field.path.replace(/\W/g, "-")}`;
  const choices = setting.range === "true or false" ? ["true", "false"] : /^[\w-]+(, [\w-]+)+$/.test(setting.range) ? setting.range.split(", ") : null;
  const shared = {
    id,
    "aria-invalid": wrong.length > 0,
    "aria-describedby": `${id}-note`,
    // Back at the profile's value it is no change.
    onInput: (event: { currentTarget: { value: string } }) => change(field.path, event.currentTarget.value === before ? null : event.currentTarget.value),
  };
  return (
    <div class={changed === undefined ? "field" : "field changed"}>
      <label for={id} title={field.path}>{field.label}</label>
      {choices ? (
        <select {...shared} value={value}>
          {!choices.includes(value) && <option value={value}>{value}</option>}
          {choices.map((choice) => <option key={choice} value={choice}>{choice === "true" ? "yes" : choice === "false" ? "no" : choice}</option>)}
        </select>
      ) : (
        <input {...shared} value={value} inputMode="decimal" placeholder={field.unset} autocomplete="off" />
      )}
      <span id={`${id}-note`} class={wrong.length > 0 ? "field-problem" : "field-note"}>
        {wrong.length > 0 ? wrong.map((problem) => problem.message).join("; ") : changed === undefined ? (choices ? "" : rangeOf(setting.range)) : `was ${before || field.unset}`}
      </span>
    </div>
  );
}

// "a whole number in 1..1000000" is "1 to 1,000,000" to who reads it.
const rangeOf = (range: string) =>
  range.replace(/^.* in /, "").replace("..", " to ").replace(/E-0*/g, "e-").replace(/(?<![.\d])\d{4,}/g, (digits) => count(Number(digits)));
