// Keyboard shortcuts of a page. They act on keys typed outside text fields only, never while an input method is
// composing, and never together with Ctrl, Alt or Meta, which belong to the browser. `?` shows what there is.
import { onActivated, onBeforeUnmount, onDeactivated, onMounted, reactive, ref } from 'vue'

export interface Shortcut {
  key: string // KeyboardEvent.key: 'j', 'Enter', '[', '1'
  text: string // what it does, in the reader's language
  run: (event: KeyboardEvent) => void
  active?: () => boolean
}

const layers = reactive<Shortcut[][]>([])
export const overlay_open = ref(false)

export function all_shortcuts(): Shortcut[] {
  return layers.flat().filter((shortcut) => shortcut.active?.() ?? true)
}

export function is_typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'file', 'range'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

// The later a layer was added the earlier it is asked: a dialog's keys hide the page's.
export function handle_key(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return
  if (is_typing(event.target)) return
  if (event.key === '?') {
    overlay_open.value = !overlay_open.value
    event.preventDefault()
    return
  }
  // A focused button answers Enter and Space itself.
  if ((event.key === 'Enter' || event.key === ' ') && event.target instanceof Element && event.target.closest('button, a, [role=button]')) return
  for (let at = layers.length - 1; at >= 0; --at) {
    const found = layers[at]!.find((shortcut) => shortcut.key === event.key && (shortcut.active?.() ?? true))
    if (found) {
      event.preventDefault()
      found.run(event)
      return
    }
  }
}

// For a component's setup: the shortcuts live as long as the component is on the screen (also below KeepAlive).
export function use_shortcuts(shortcuts: Shortcut[]): void {
  const layer = reactive([...shortcuts])
  const add = () => {
    if (!layers.includes(layer)) layers.push(layer)
  }
  const remove = () => {
    const at = layers.indexOf(layer)
    if (at >= 0) layers.splice(at, 1)
  }
  onMounted(add)
  onActivated(add)
  onDeactivated(remove)
  onBeforeUnmount(remove)
}
