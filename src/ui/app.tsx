import { FluentProvider, Toaster } from '@fluentui/react-components'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { queries } from './data/client.ts'
import { useDark, useOnePane } from './parts/media.ts'
import { TOASTER } from './parts/say.tsx'
import { router } from './routes.tsx'
import { darkTheme, lightTheme } from './theme.ts'

const BELOW_THE_HEAD = { vertical: 64 }
const BESIDE_THE_RAIL = { horizontal: 104, vertical: 20 }

export function App() {
  const dark = useDark()
  const narrow = useOnePane()
  return (
    <FluentProvider theme={dark ? darkTheme : lightTheme}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Toaster
          toasterId={TOASTER}
          position={narrow ? 'top' : 'bottom-start'}
          offset={narrow ? BELOW_THE_HEAD : BESIDE_THE_RAIL}
          limit={3}
        />
      </QueryClientProvider>
    </FluentProvider>
  )
}
