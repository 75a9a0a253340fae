// Keeping a registry's catalogue.
import type { RouteRecordRaw } from 'vue-router'
import type { Duty } from '@/base/api'
import { lazy_page } from '@/base/i18n'

// The words of differences are those of the guides.
const words = async () => {
  const [own, guides] = await Promise.all([import('./messages.zh.json'), import('../guides/messages.zh.json')])
  return { default: { ...own.default, ...guides.default } }
}
const readers: readonly Duty[] = ['cataloguer', 'supervisor']
const writers: readonly Duty[] = ['cataloguer']

export const routes: RouteRecordRaw[] = [
  { path: '/catalogue', name: 'changes', component: lazy_page(() => import('./pages/ChangeList.vue'), words), meta: { duties: readers, title: '目录管理' } },
  { path: '/catalogue/changes/:id', name: 'change', props: true, component: lazy_page(() => import('./pages/ChangeSheet.vue'), words), meta: { duties: readers, title: '目录变更' } },
  { path: '/catalogue/items/:item', name: 'item-editor', props: true, component: lazy_page(() => import('./pages/ItemEditor.vue'), words), meta: { duties: writers, title: '编辑材料清单', wide: true } },
  { path: '/catalogue/calendar', name: 'calendar-editor', component: lazy_page(() => import('./pages/CalendarEditor.vue'), words), meta: { duties: writers, title: '工作日历' } },
  { path: '/catalogue/rollout', name: 'rollout', component: lazy_page(() => import('./pages/RolloutMatrix.vue'), words), meta: { duties: readers, title: '开通情况', wide: true } },
]
