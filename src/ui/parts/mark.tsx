/** The sign of the product: a ring of people around one point. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="9" fill="#0a6b6f" />
      <circle
        cx="16"
        cy="16"
        r="8.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeDasharray="40 13.4"
        strokeLinecap="round"
        transform="rotate(-50 16 16)"
      />
      <circle cx="16" cy="16" r="3" fill="#fff" />
    </svg>
  )
}
