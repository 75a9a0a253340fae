// The cashier's workplace.
import type { RouteRecordRaw } from 'vue-router'
import type { Duty } from '@/base/api'
import { lazy_page } from '@/base/i18n'

const duties: readonly Duty[] = ['cashier', 'supervisor']

export const routes: RouteRecordRaw[] = [
  {
    path: '/money/:list(days|refunds|unmatched)?',
    name: 'money',
    component: lazy_page(() => import('./pages/Money.vue'), () => import('./messages.zh.json')),
    props: true,
    meta: { duties, title: '收费与对账', wide: true },
  },
]
