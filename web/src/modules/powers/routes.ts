// Standing powers of attorney.
import type { RouteRecordRaw } from 'vue-router'
import type { Duty } from '@/base/api'
import { lazy_page } from '@/base/i18n'

const words = () => import('./messages.zh.json')
const duties: readonly Duty[] = ['collector', 'acceptor', 'reviewer', 'supervisor']

export const routes: RouteRecordRaw[] = [
  { path: '/powers', name: 'powers', component: lazy_page(() => import('./pages/PowerList.vue'), words), meta: { duties, title: '常设委托' } },
  { path: '/powers/:number', name: 'power', props: true, component: lazy_page(() => import('./pages/PowerSheet.vue'), words), meta: { duties, title: '常设委托' } },
]
