// Routes are collected from web/src/modules/*/routes.ts, each exporting `routes`. A route says who may see it:
// meta.duties: [..] one of these duties; without it the page is public. The server decides anyway.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { Duty } from '@/base/api'
import { on_signed_out, set_csrf_token } from '@/base/http'
import { lazy_page } from '@/base/i18n'
import { use_person } from './person'
import { use_session } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    duties?: readonly Duty[]
    person?: boolean // somebody with an account of the portal
    title?: string // Chinese, for the browser's tab
    wide?: boolean // the page uses the whole width
  }
}

const words = () => import('./messages.zh.json')
const modules = import.meta.glob<{ routes: RouteRecordRaw[] }>('../modules/*/routes.ts', { eager: true })

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'public-home', component: lazy_page(() => import('./pages/PublicHome.vue'), words) },
    { path: '/login', name: 'login', component: lazy_page(() => import('./pages/Login.vue'), words), meta: { title: '工作人员登录' } },
    ...Object.values(modules).flatMap((module) => module.routes),
    { path: '/:rest(.*)*', name: 'not-found', component: lazy_page(() => import('./pages/NotFound.vue'), words), meta: { title: '没有这个页面' } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  const session = use_session()
  const duties = to.meta.duties
  if (to.meta.person) {
    const person = use_person()
    try {
      await person.find()
    } catch {
      return true // The page itself will show that the server cannot be reached.
    }
    return person.signed_in ? true : { name: 'portal-sign-in', query: { next: to.fullPath } }
  }
  if (!duties && to.name !== 'login') return true
  try {
    await session.find()
  } catch {
    return true // The page itself will show that the server cannot be reached.
  }
  if (to.name === 'login') return session.signed_in ? session.home_path : true
  if (!session.signed_in) return { name: 'login', query: { next: to.fullPath } }
  return duties!.some((duty) => session.holds(duty)) ? true : session.home_path === to.path ? true : session.home_path
})

router.afterEach((to) => {
  // One browser may hold a session of each kind; a page's calls carry the token of the one it is for.
  if (to.path.startsWith('/portal')) set_csrf_token(use_person().csrf())
  else set_csrf_token(use_session().session?.csrf_token ?? '')
  document.title = to.meta.title ? `${to.meta.title} · 不动产登记一网通办` : '不动产登记一网通办'
})

on_signed_out(() => {
  const here = router.currentRoute.value
  if (here.meta.person) {
    use_person().forget()
    void router.push({ name: 'portal-sign-in', query: { next: here.fullPath, ended: '1' } })
    return
  }
  use_session().forget()
  if (here.meta.duties) void router.push({ name: 'login', query: { next: here.fullPath, ended: '1' } })
})
