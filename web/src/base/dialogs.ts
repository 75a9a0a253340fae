// Small conversations: a quiet message, a question before something cannot be undone, a reason.
import { ElMessage, ElMessageBox } from 'element-plus/es'
import 'element-plus/es/components/message/style/css'
import 'element-plus/es/components/message-box/style/css'
import { t } from './i18n'
import { ApiProblem } from './http'

export function tell(text: string): void {
  ElMessage({ message: text, type: 'success', duration: 3000, offset: 64, grouping: true })
}

export function warn(text: string): void {
  ElMessage({ message: text, type: 'warning', duration: 6000, offset: 64, showClose: true, grouping: true })
}

// For failures with no better place. A page that has a banner should use ProblemBanner instead.
export function tell_problem(error: unknown): void {
  const text = error instanceof ApiProblem ? [error.problem.title, error.problem.detail].filter((part) => part).join('：') : t('base.unexpected')
  ElMessage({ message: text, type: 'error', duration: 8000, offset: 64, showClose: true, grouping: true })
  if (!(error instanceof ApiProblem)) console.error(error)
}

export async function ask(title: string, text: string, confirm: string, danger = false): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, {
      confirmButtonText: confirm,
      cancelButtonText: t('base.back'),
      confirmButtonClass: danger ? 'el-button--danger confirm-yes' : 'confirm-yes',
      cancelButtonClass: 'confirm-no',
      autofocus: !danger,
      closeOnClickModal: false,
    })
    return true
  } catch {
    return false
  }
}

// undefined: the person went back.
export async function ask_reason(title: string, text: string, confirm: string, longest = 1000): Promise<string | undefined> {
  try {
    const answer = await ElMessageBox.prompt(text, title, {
      inputType: 'textarea',
      inputPlaceholder: t('base.reason_placeholder'),
      inputValidator: (value: string) => {
        if (!value?.trim()) return t('base.reason_missing')
        return value.length <= longest || t('base.too_long', { longest })
      },
      confirmButtonText: confirm,
      cancelButtonText: t('base.back'),
      confirmButtonClass: 'confirm-yes',
      closeOnClickModal: false,
    })
    return (answer as { value: string }).value.trim()
  } catch {
    return undefined
  }
}
