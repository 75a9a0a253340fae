import type { RouteRecordRaw } from 'vue-router'
import { lazy_page } from '@/base/i18n'

const words = () => import('./messages.zh.json')
const duties = ['collector'] as const

export const routes: RouteRecordRaw[] = [
  { path: '/window', name: 'sittings', component: lazy_page(() => import('./pages/SittingList.vue'), words), meta: { duties, title: '代收工作台' } },
  { path: '/window/new', name: 'new-sitting', component: lazy_page(() => import('./pages/NewSitting.vue'), words), meta: { duties, title: '开始代收' } },
  { path: '/window/:id', name: 'sitting', component: lazy_page(() => import('./pages/Sitting.vue'), words), props: true, meta: { duties, title: '代收' } },
]
