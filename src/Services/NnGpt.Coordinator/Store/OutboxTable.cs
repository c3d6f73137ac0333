using Google.Protobuf;

namespace NnGpt.Coordinator.Store;

/// <summary>Messages written in the transaction of the transition they belong to, deleted once the broker has confirmed them.</summary>
internal static class OutboxTable
{
    public static void Send(this SqlSession sql, string experiment, string routingKey, string messageId, IMessage message) => sql.Execute(
        "INSERT INTO outbox (experiment, routing_key, message_id, type, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        experiment, routingKey, messageId, message.Descriptor.FullName, message.ToByteArray());

    public static List<OutboxRow> PeekOutbox(this SqlSession sql, int count) => sql.Query(
        "SELECT sequence, routing_key, message_id, type, body FROM outbox ORDER BY sequence LIMIT ?1",
        r => new OutboxRow(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), (byte[])r[4]), count);

    public static bool HasUnsent(this SqlSession sql, string experiment) =>
        sql.Scalar("SELECT EXISTS (SELECT 1 FROM outbox WHERE experiment = ?1)", experiment) != 0;

    public static void DeleteSent(this SqlSession sql, long sequence) =>
        sql.Execute("DELETE FROM outbox WHERE sequence = ?1", sequence);
}
