using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestion.Tests.Staging;

/// <summary>Frames from a stream that may hold anything.</summary>
public sealed class FrameProperties
{
    private static readonly Gen<byte[]> Noise = ArbMap.Default.GeneratorFor<byte[]>()
        .Select(bytes => bytes ?? []);

    // Heads that are nearly right come often.
    private static readonly Gen<byte[]> Frames = Gen.Zip(
        Gen.Choose(0, 16),
        Gen.Zip(
            Gen.Elements(0, 1, 5, 300, Frame.LargestPayload, Frame.LargestPayload + 1, int.MaxValue, -1),
            Noise)).Select(parts =>
    {
        var (type, (length, content)) = parts;
        var head = new byte[Frame.Head];
        head[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), length);
        return head.Concat(content).ToArray();
    });

    [Fact]
    public void Whatever_a_stream_holds_is_a_frame_within_the_bounds_or_a_clear_fault() => Check(
        2_000,
        Gen.Zip(Gen.OneOf(Noise, Frames, Frames.ListOf().Select(all => all.SelectMany(one => one).ToArray())), Chunks),
        async input =>
        {
            using var reader = new FrameReader(new ChunkedStream(input.Item1, input.Item2), TimeProvider.System);
            try
            {
                while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } frame)
                {
                    Assert.InRange(frame.Payload.Length, 0, Frame.LargestPayload);
                    Assert.True(Enum.IsDefined(frame.Type));
                    Decode(frame);
                }
            }
            catch (StagingException fault)
            {
                Assert.Contains(
                    fault.Failure, new[] { StagingFailure.Protocol, StagingFailure.Closed, StagingFailure.Damaged });
                Assert.InRange(fault.Message.Length, 20, 700);
            }
        });

    [Fact]
    public void Frames_are_read_as_they_were_written() => Check(
        300,
        Gen.Zip(
            Gen.Zip(Gen.Choose(2, 14), Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, Frame.LargestPayload))).ListOf(),
            Chunks),
        async input =>
        {
            var frames = input.Item1.Select(frame => (FrameType)frame.Item1)
                .Zip(input.Item1, (type, frame) => (type, Math.Min(frame.Item2, Frame.Most(type))))
                .Prepend((FrameType.Hello, 3)).ToList();
            using var stream = new MemoryStream();
            using (var writer = new FrameWriter(stream, TimeProvider.System))
            {
                foreach (var (type, length) in frames)
                {
                    var room = await writer.BeginAsync(type, length, TestContext.Current.CancellationToken);
                    Content(length).CopyTo(room);
                    writer.End(length);
                }

                await writer.FlushAsync(TestContext.Current.CancellationToken);
            }

            using var reader = new FrameReader(new ChunkedStream(stream.ToArray(), input.Item2), TimeProvider.System);
            foreach (var (type, length) in frames)
            {
                var frame = await reader.ReadAsync(TestContext.Current.CancellationToken);
                Assert.Equal(type, frame?.Type);
                Assert.True(Content(length).AsSpan().SequenceEqual(frame!.Value.Payload.Span));
            }

            Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
        });

    [Fact]
    public void Payloads_of_any_content_are_decoded_or_rejected() => Check(
        5_000,
        Gen.Zip(Gen.Choose(1, 14), Gen.OneOf(Noise, Noise.Select(noise => Hello(noise)))),
        input =>
        {
            try
            {
                Decode(new Frame((FrameType)input.Item1, input.Item2));
            }
            catch (StagingException fault)
            {
                Assert.NotEqual("", fault.Message);
            }

            return Task.CompletedTask;
        });

    [Fact]
    public void Messages_are_read_as_they_were_written() => Check(
        300,
        Gen.Zip(
            ArbMap.Default.GeneratorFor<long>(), Gen.Zip(ArbMap.Default.GeneratorFor<Guid>(), Gen.Choose(0, 5_000))),
        async input =>
        {
            var (number, (session, count)) = (input.Item1 & long.MaxValue, input.Item2);
            var token = TestContext.Current.CancellationToken;
            IReadOnlyList<StagedFile> files =
            [
                .. Enumerable.Range(0, count).Select(at => new StagedFile($"é/{at}", number)),
            ];
            IReadOnlyList<HeldFile> held = [.. Enumerable.Range(0, count).Select(
                at => new HeldFile(at, number, new FileHash((UInt128)number << 70, 7), at % 2 == 0))];
            using var stream = new MemoryStream();
            using var writer = new FrameWriter(stream, TimeProvider.System);
            var hello = new NearHello("2.0.0+abc", session, StagingRole.Share, "folder", count);
            await StagingMessages.SendAsync(writer, hello, token);
            await StagingMessages.OfferAsync(writer, files, token);
            await StagingMessages.ReadyAsync(writer, held, token);
            await StagingMessages.PairAsync(writer, FrameType.Ack, (number, count), token);
            await writer.FlushAsync(token);

            using var reader = new FrameReader(new MemoryStream(stream.ToArray()), TimeProvider.System);
            Assert.Equal(hello, StagingMessages.NearHello(await NextAsync(reader), "x"));
            var (readFiles, readHeld) = (new List<StagedFile>(), new List<HeldFile>());
            Frame frame;
            while ((frame = await NextAsync(reader)).Type != FrameType.OfferEnd)
                StagingMessages.ReadOffer(frame, readFiles);
            while ((frame = await NextAsync(reader)).Type != FrameType.Ready)
                StagingMessages.ReadHeld(frame, readHeld, count);
            Assert.Equal(files, readFiles);
            Assert.Equal(held, readHeld);
            Assert.Equal((number, (long)count), StagingMessages.Pair(await NextAsync(reader), FrameType.Ack));
        });

    private static async Task<Frame> NextAsync(FrameReader reader) =>
        await reader.ReadAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();

    private static Gen<int> Chunks => Gen.OneOf(Gen.Choose(1, 9), Gen.Choose(1, 300_000));

    private static byte[] Hello(byte[] noise) => [.. "tbstage\n"u8, 1, .. noise];

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private static void Decode(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Hello when frame.Payload.Length % 2 == 0:
                StagingMessages.NearHello(frame, "2.0.0");
                break;
            case FrameType.Hello:
                StagingMessages.FarHello(frame, "2.0.0");
                break;
            case FrameType.Offer:
                List<StagedFile> files = [];
                StagingMessages.ReadOffer(frame, files);
                Assert.All(files, file => Assert.Null(StagedPath.FaultOf(file.Path)));
                break;
            case FrameType.Held:
                List<HeldFile> held = [];
                StagingMessages.ReadHeld(frame, held, 7);
                Assert.All(held, file => Assert.InRange(file.Index, 0, 6));
                break;
            case FrameType.Keep:
                Assert.All(StagingMessages.Numbers(frame, FrameType.Keep, 7), index => Assert.InRange(index, 0, 6));
                break;
            case FrameType.File or FrameType.Ack:
                StagingMessages.Pair(frame, frame.Type);
                break;
            case FrameType.Data:
                using (var chunks = new ChunkReader())
                    Assert.InRange(chunks.Read(frame).Length, 0, Frame.LargestPayload);
                break;
            case FrameType.FileEnd:
                StagingMessages.FileEnd(frame);
                break;
            case FrameType.Refused:
                StagingMessages.Refusal(frame);
                break;
            case FrameType.Done:
                StagingMessages.Done(frame);
                break;
        }
    }

    private static void Check<T>(int count, Gen<T> inputs, Func<T, Task> property) =>
        Prop.ForAll(inputs.ToArbitrary(), input => property(input).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
