// The citizen's portal, made for phones. meta.person: a person must be signed in; who is not comes back here afterwards.
import type { RouteRecordRaw } from 'vue-router'
import { lazy_page } from '@/base/i18n'

const words = () => import('./messages.zh.json')

// An application online is a sitting: its pages use the words of the sittings too.
const both = () => Promise.all([import('./messages.zh.json'), import('../collections/messages.zh.json')]).then(([ours, theirs]) => ({ default: { ...theirs.default, ...ours.default } }))

export const routes: RouteRecordRaw[] = [
  { path: '/portal', name: 'portal', component: lazy_page(() => import('./pages/PortalHome.vue'), words), meta: { title: '网上办理' } },
  { path: '/portal/sign-in', name: 'portal-sign-in', component: lazy_page(() => import('./pages/SignIn.vue'), words), meta: { title: '登录' } },
  { path: '/portal/verify', name: 'portal-verify', component: lazy_page(() => import('./pages/LivenessCheck.vue'), words), meta: { title: '活体检测', person: true } },
  { path: '/portal/verified', name: 'portal-verified', component: lazy_page(() => import('./pages/LivenessResult.vue'), words), meta: { title: '检测结果', person: true } },
  { path: '/portal/cases', name: 'portal-cases', component: lazy_page(() => import('./pages/OwnCases.vue'), words), meta: { title: '我的办件', person: true } },
  { path: '/portal/apply', name: 'portal-apply', component: lazy_page(() => import('./pages/ChooseItem.vue'), words), meta: { title: '我要办什么' } },
  { path: '/portal/apply/:item', name: 'portal-registry', component: lazy_page(() => import('./pages/ChooseRegistry.vue'), words), meta: { title: '房屋在哪里' } },
  { path: '/portal/apply/:item/:home', name: 'portal-guide', component: lazy_page(() => import('./pages/Guide.vue'), words), meta: { title: '办事指南' } },
  { path: '/portal/applications/:home(\\d{6})/:id', name: 'portal-application', component: lazy_page(() => import('./pages/Application.vue'), both), props: true, meta: { title: '网上申请', person: true } },
  { path: '/portal/join', name: 'portal-join', component: lazy_page(() => import('./pages/JoinCase.vue'), words), meta: { title: '参加已有的申请', person: true } },
  { path: '/portal/appointments', name: 'portal-appointments', component: lazy_page(() => import('./pages/Appointments.vue'), words), meta: { title: '预约大厅', person: true } },
]
