import { FluentProvider, Toaster, makeStyles } from '@fluentui/react-components'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { queries } from './data/client.ts'
import { useDark, useOnePane } from './parts/media.ts'
import { TOASTER } from './parts/say.tsx'
import { router } from './routes.tsx'
import { darkTheme, lightTheme, ours } from './theme.ts'

const useStyles = makeStyles({
  provider: { height: '100%', backgroundColor: ours.ringPage },
})

export function App() {
  const styles = useStyles()
  const dark = useDark()
  const narrow = useOnePane()
  return (
    <FluentProvider theme={dark ? darkTheme : lightTheme} className={styles.provider} applyStylesToPortals>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Toaster toasterId={TOASTER} position={narrow ? 'top' : 'bottom-start'} limit={3} />
      </QueryClientProvider>
    </FluentProvider>
  )
}
