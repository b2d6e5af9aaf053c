/**
 * Joins what a person keeps of messages (`k`, with `user_id` and `message_id`) to those that are there and that they
 * may see now. Its one parameter is the person.
 */
export const visibleKept = `JOIN messages m ON m.id = k.message_id JOIN rooms r ON r.id = m.room_id
  LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = k.user_id
  LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = k.user_id
  WHERE k.user_id = ? AND m.deleted_at IS NULL
    AND (rm.user_id IS NOT NULL OR (r.visibility = 'public' AND sm.role <> 'guest'))`;
