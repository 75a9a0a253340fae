// 长辈版: larger type and targets on the pages for citizens. Chosen once, kept in this browser.
import { ref, watchEffect } from 'vue'

const key = 'tongban.elder'
function kept(): boolean {
  try {
    return localStorage.getItem(key) === '1'
  } catch {
    return false // a browser that keeps nothing
  }
}

export const elder = ref(kept())

watchEffect(() => {
  document.documentElement.toggleAttribute('data-elder', elder.value)
  try {
    localStorage.setItem(key, elder.value ? '1' : '0')
  } catch {
    // it holds until the page is closed
  }
})
