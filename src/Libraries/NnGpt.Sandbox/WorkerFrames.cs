using System.Buffers;
using Google.Protobuf;

namespace NnGpt.Sandbox;

/// <summary>
/// Messages between a pool and its worker: a varint length, then the protobuf body. Neither side reads a message
/// above <see cref="MaximumBytes"/>.
/// </summary>
public static class WorkerFrames
{
    /// <summary>Largest message in bytes: 64 MiB.</summary>
    public const int MaximumBytes = 64 << 20;

    /// <summary>Writes a message whole.</summary>
    /// <exception cref="ArgumentException">The message is too large.</exception>
    public static async Task WriteAsync(Stream stream, IMessage message, CancellationToken cancellationToken)
    {
        int size = message.CalculateSize();
        if (size > MaximumBytes)
        {
            throw new ArgumentException($"A message of {size} bytes is larger than {MaximumBytes}.", nameof(message));
        }
        int header = CodedOutputStream.ComputeUInt32Size((uint)size);
        byte[] frame = new byte[header + size];
        WriteLength(frame, (uint)size);
        message.WriteTo(frame.AsSpan(header));
        await stream.WriteAsync(frame, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Reads a message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The length or the body is no valid message, or is too large.</exception>
    /// <exception cref="EndOfStreamException">The stream ended within a message.</exception>
    public static async Task<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        byte[] one = new byte[1];
        uint size = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return shift == 0 ? null : throw new EndOfStreamException();
            }
            size |= (uint)(one[0] & 0x7f) << shift;
            if (one[0] < 0x80)
            {
                break;
            }
            if (shift == 28)
            {
                throw new InvalidDataException("A message's length is no varint of 32 bits.");
            }
        }
        if (size > MaximumBytes)
        {
            throw new InvalidDataException($"A message of {size} bytes is announced; the limit is {MaximumBytes}.");
        }
        byte[] body = ArrayPool<byte>.Shared.Rent((int)size);
        try
        {
            await stream.ReadExactlyAsync(body.AsMemory(0, (int)size), cancellationToken);
            return parser.ParseFrom(body.AsSpan(0, (int)size));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidDataException($"A message does not parse: {error.Message}", error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static void WriteLength(Span<byte> target, uint size)
    {
        int at = 0;
        for (; size >= 0x80; size >>= 7)
        {
            target[at++] = (byte)(size | 0x80);
        }
        target[at] = (byte)size;
    }
}
