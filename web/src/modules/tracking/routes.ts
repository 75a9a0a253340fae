// Following a case, and coming back from the payment gateway. Public.
import type { RouteRecordRaw } from 'vue-router'
import { lazy_page } from '@/base/i18n'

const words = () => import('./messages.zh.json')

export const routes: RouteRecordRaw[] = [
  { path: '/track', name: 'track', component: lazy_page(() => import('./pages/TrackCase.vue'), words), meta: { title: '办理进度' } },
  { path: '/pay/return', name: 'pay-return', component: lazy_page(() => import('./pages/PaymentReturn.vue'), words), meta: { title: '缴费结果' } },
]
