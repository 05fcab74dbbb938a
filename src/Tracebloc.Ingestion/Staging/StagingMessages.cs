namespace Tracebloc.Ingestion.Staging;

/// <summary>The payloads of both sides: each is written and read here, and nowhere else.</summary>
public static class StagingMessages
{
    private const int LongestVersion = 128, LongestFolder = 128, LongestReason = 4096, SizeOfGuid = 16;
    private const int LongestEntry = StagedPath.LongestPath + 2 * PayloadWriter.LongestNumber;
    private const int LongestHeld = 2 * PayloadWriter.LongestNumber + FileHash.Size + 1;

    // A batch is begun where at least this much fits.
    private const int Batch = 16 * 1024;

    private static readonly Entries<StagedFile> Offers = new(
        FrameType.Offer,
        LongestEntry,
        static (ref payload, file) =>
        {
            payload.Text(file.Path);
            payload.Number(file.Size);
        });

    private static readonly Entries<HeldFile> HeldFiles = new(
        FrameType.Held,
        LongestHeld,
        static (ref payload, one) =>
        {
            payload.Number(one.Index);
            payload.Byte(one.IsWhole ? (byte)1 : (byte)0);
            payload.Number(one.Length);
            payload.Hash(one.Hash);
        });

    private static readonly Entries<int> Kept = new(
        FrameType.Keep, PayloadWriter.LongestNumber, static (ref payload, index) => payload.Number(index));

    private delegate void Write<in T>(ref PayloadWriter payload, T value);

    private delegate T Read<out T>(ref PayloadReader payload);

    /// <summary>Sends the receiver's hello.</summary>
    public static ValueTask SendAsync(FrameWriter writer, FarHello hello, CancellationToken token) =>
        SendAsync(writer, FrameType.Hello, hello, static (ref payload, hello) =>
        {
            Introduce(ref payload, hello.Version);
            payload.Number(hello.Free);
        }, token);

    /// <summary>Sends the sender's hello.</summary>
    public static ValueTask SendAsync(FrameWriter writer, NearHello hello, CancellationToken token) =>
        SendAsync(writer, FrameType.Hello, hello, static (ref payload, hello) =>
        {
            Introduce(ref payload, hello.Version);
            payload.Bytes(hello.Session.ToByteArray());
            payload.Byte((byte)hello.Role);
            payload.Text(hello.Folder);
            payload.Number(hello.Files);
        }, token);

    /// <summary>Reads the receiver's hello.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="version">The version of this program.</param>
    /// <exception cref="StagingException">It is none, or of another protocol.</exception>
    public static FarHello FarHello(Frame frame, string version) => ReadWhole(
        frame, FrameType.Hello, (ref payload) => new FarHello(Introduction(ref payload, version), payload.Number()));

    /// <summary>Reads the sender's hello.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="version">The version of this program.</param>
    /// <exception cref="StagingException">It is none, or of another protocol.</exception>
    public static NearHello NearHello(Frame frame, string version) => ReadWhole(
        frame,
        FrameType.Hello,
        (ref payload) => new NearHello(
            Introduction(ref payload, version),
            new Guid(payload.Bytes(SizeOfGuid)),
            payload.Byte() == (byte)StagingRole.Whole ? StagingRole.Whole : StagingRole.Share,
            payload.Text(LongestFolder),
            (int)payload.Number(StagingProtocol.MostFiles)));

    /// <summary>Sends the list of the files.</summary>
    public static async ValueTask OfferAsync(
        FrameWriter writer, IReadOnlyList<StagedFile> files, CancellationToken token)
    {
        await SendAllAsync(writer, Offers, files, token);
        await writer.WriteAsync(FrameType.OfferEnd, token);
        await writer.FlushAsync(token);
    }

    /// <summary>Reads files of the list.</summary>
    /// <exception cref="StagingException">A path is not allowed.</exception>
    public static void ReadOffer(Frame frame, ICollection<StagedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        for (var payload = Payload(frame, FrameType.Offer); !payload.IsEmpty;)
        {
            var file = new StagedFile(payload.Text(StagedPath.LongestPath), payload.Number());
            if (StagedPath.FaultOf(file.Path) is { } fault)
                throw new StagingException(StagingFailure.Refused, $"File {file.Path} was refused: {fault}; rename it");
            files.Add(file);
        }
    }

    /// <summary>Sends what is there already, and that files can be sent.</summary>
    public static async ValueTask ReadyAsync(
        FrameWriter writer, IReadOnlyList<HeldFile> held, CancellationToken token)
    {
        await SendAllAsync(writer, HeldFiles, held, token);
        await writer.WriteAsync(FrameType.Ready, token);
        await writer.FlushAsync(token);
    }

    /// <summary>Reads files that are there already.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="held">Takes them.</param>
    /// <param name="count">The number of files that were offered.</param>
    /// <exception cref="StagingException">The frame is malformed.</exception>
    public static void ReadHeld(Frame frame, ICollection<HeldFile> held, int count)
    {
        ArgumentNullException.ThrowIfNull(held);
        for (var payload = Payload(frame, FrameType.Held); !payload.IsEmpty;)
        {
            var index = (int)payload.Number(count - 1);
            var isWhole = payload.Byte() != 0;
            held.Add(new HeldFile(index, payload.Number(), payload.Hash(), isWhole));
        }
    }

    /// <summary>Sends the places of files that need not be sent.</summary>
    public static ValueTask KeepAsync(FrameWriter writer, IReadOnlyList<int> kept, CancellationToken token) =>
        SendAllAsync(writer, Kept, kept, token);

    /// <summary>Reads numbers up to the end of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="type">The type that it must have.</param>
    /// <param name="count">All numbers are less.</param>
    /// <exception cref="StagingException">The frame is malformed.</exception>
    public static IReadOnlyList<int> Numbers(Frame frame, FrameType type, int count)
    {
        List<int> numbers = [];
        for (var payload = Payload(frame, type); !payload.IsEmpty;) numbers.Add((int)payload.Number(count - 1));
        return numbers;
    }

    /// <summary>Sends two numbers: a file and its offset, or bytes and files that are done.</summary>
    public static ValueTask PairAsync(
        FrameWriter writer, FrameType type, (long First, long Second) pair, CancellationToken token) =>
        SendAsync(writer, type, pair, static (ref payload, pair) =>
        {
            payload.Number(pair.First);
            payload.Number(pair.Second);
        }, token);

    /// <summary>Reads two numbers.</summary>
    /// <exception cref="StagingException">The frame is malformed.</exception>
    public static (long First, long Second) Pair(Frame frame, FrameType type) =>
        ReadWhole(frame, type, static (ref payload) => (payload.Number(), payload.Number()));

    /// <summary>Sends the end of a file.</summary>
    public static ValueTask FileEndAsync(FrameWriter writer, FileHash hash, CancellationToken token) =>
        SendAsync(writer, FrameType.FileEnd, hash, static (ref payload, hash) => payload.Hash(hash), token);

    /// <summary>Reads the end of a file.</summary>
    /// <exception cref="StagingException">The frame is malformed.</exception>
    public static FileHash FileEnd(Frame frame) =>
        ReadWhole(frame, FrameType.FileEnd, static (ref payload) => payload.Hash());

    /// <summary>Sends the reason why the receiver ends.</summary>
    public static ValueTask RefuseAsync(FrameWriter writer, StagingException fault, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var reason = fault.Message.Length <= LongestReason / 4 ? fault.Message : fault.Message[..(LongestReason / 4)];
        return SendAsync(writer, FrameType.Refused, (fault.Failure, reason), static (ref payload, refused) =>
        {
            payload.Byte((byte)refused.Failure);
            payload.Text(refused.reason);
        }, token);
    }

    /// <summary>Reads the reason why the receiver has ended.</summary>
    /// <exception cref="StagingException">The frame is malformed.</exception>
    public static StagingException Refusal(Frame frame)
    {
        var (failure, reason) = ReadWhole(
            frame,
            FrameType.Refused,
            static (ref payload) => ((StagingFailure)payload.Byte(), payload.Text(LongestReason)));
        return new StagingException(Enum.IsDefined(failure) ? failure : StagingFailure.Refused, reason);
    }

    /// <summary>Sends the receiver's last frame.</summary>
    public static ValueTask DoneAsync(FrameWriter writer, StagingAnswer answer, CancellationToken token) =>
        SendAsync(writer, FrameType.Done, answer, static (ref payload, answer) =>
        {
            payload.Number(answer.Files);
            payload.Number(answer.Bytes);
            payload.Hash(answer.Digest);
        }, token);

    /// <summary>Reads the receiver's last frame.</summary>
    /// <exception cref="StagingException">The frame is malformed.</exception>
    public static StagingAnswer Done(Frame frame) => ReadWhole(
        frame,
        FrameType.Done,
        static (ref payload) => new StagingAnswer(
            (int)payload.Number(StagingProtocol.MostFiles), payload.Number(), payload.Hash()));

    /// <summary>The fault of a frame that does not belong where it is.</summary>
    public static StagingException Unexpected(Frame frame) =>
        StagingException.Malformed($"a frame {frame.Type} does not belong there");

    private static T ReadWhole<T>(Frame frame, FrameType type, Read<T> read)
    {
        var payload = Payload(frame, type);
        var value = read(ref payload);
        payload.End();
        return value;
    }

    private static PayloadReader Payload(Frame frame, FrameType type) =>
        frame.Type == type ? new PayloadReader(frame.Payload.Span) : throw Unexpected(frame);

    private static void Introduce(ref PayloadWriter payload, string version)
    {
        payload.Bytes(StagingProtocol.Magic);
        payload.Number(StagingProtocol.Version);
        payload.Text(version);
    }

    // This much has the same form in every protocol.
    private static string Introduction(ref PayloadReader payload, string ours)
    {
        if (!payload.Bytes(StagingProtocol.Magic.Length).SequenceEqual(StagingProtocol.Magic))
            throw StagingException.Malformed("its first frame is no hello");
        var protocol = (int)payload.Number(ushort.MaxValue);
        var theirs = payload.Text(LongestVersion);
        return protocol == StagingProtocol.Version
            ? theirs
            : throw StagingProtocol.OtherVersion(protocol, theirs, ours);
    }

    private static async ValueTask SendAsync<T>(
        FrameWriter writer, FrameType type, T value, Write<T> write, CancellationToken token)
    {
        var room = await writer.BeginAsync(type, LongestReason, token);
        writer.End(Written(room.Span, value, write));
    }

    private static int Written<T>(Span<byte> room, T value, Write<T> write)
    {
        var payload = new PayloadWriter(room);
        write(ref payload, value);
        return payload.Length;
    }

    private static async ValueTask SendAllAsync<T>(
        FrameWriter writer, Entries<T> entries, IReadOnlyList<T> values, CancellationToken token)
    {
        for (var next = 0; next < values.Count;)
        {
            var room = await writer.BeginAsync(entries.Type, Batch, token);
            writer.End(Fill(room.Span, entries, values, ref next));
        }
    }

    private static int Fill<T>(Span<byte> room, Entries<T> entries, IReadOnlyList<T> values, ref int next)
    {
        var payload = new PayloadWriter(room);
        while (next < values.Count && payload.Room >= entries.Longest) entries.Write(ref payload, values[next++]);
        return payload.Length;
    }

    /// <summary>The form of the values that fill a frame.</summary>
    private sealed record Entries<T>(FrameType Type, int Longest, Write<T> Write);
}
