using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ModelUpload.Tests.Stores;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Web;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class HttpResumeTests
{
    private static readonly byte[] Digits = Encoding.UTF8.GetBytes("0123456789");

    [Theory]
    [InlineData("\"v\"", true, true)]
    [InlineData("\"v\"", false, true)]
    [InlineData("W/\"v\"", true, false)]
    [InlineData(null, false, false)]
    public async Task A_cut_file_goes_on_where_it_broke(string? tag, bool takesRanges, bool asksForRange)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Digits) { ETag = tag, TakesRanges = takesRanges };
        var fixture = new WebFixture { Attempts = 4 };
        await using var source = fixture.Http($"{server.Address}a");
        var file = Assert.Single((await source.ListAsync(cancelled)).Files);
        server.Fail(new FakeTransfer { CutAt = 4 });

        Assert.Equal(Digits, await fixture.ReadAsync(source, file, cancelled));

        var last = server.Requests[^1];
        Assert.Equal(asksForRange ? "bytes=4-" : null, last.Headers.GetValueOrDefault("Range"));
        Assert.Equal(asksForRange ? tag : null, last.Headers.GetValueOrDefault("If-Range"));
    }

    [Theory]
    [InlineData("\"v\"", "\"w\"", true)]
    [InlineData("\"v\"", "\"w\"", false)]
    [InlineData("\"v\"", null, true)]
    [InlineData(null, null, true)]
    [InlineData("W/\"v\"", "W/\"v\"", true)]
    public async Task A_file_that_changed_since_a_cut_ends_the_transfer(string? before, string? after, bool takesRanges)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Digits) { ETag = before, TakesRanges = takesRanges };
        var fixture = new WebFixture { Attempts = 4 };
        await using var source = fixture.Http($"{server.Address}a");
        var file = Assert.Single((await source.ListAsync(cancelled)).Files);
        Assert.Equal("0123456789", await WebFixture.ReadAsync(source, file, 0, cancelled));
        server.Files["/a"] = new FakeFile(Encoding.UTF8.GetBytes("abcdefghij")) { ETag = after };

        var failed = await Assert.ThrowsAsync<UploadException>(
            () => WebFixture.ReadAsync(source, file, 10, cancelled));

        Assert.False(failed.IsTransient);
        Assert.StartsWith($"{server.Address}a changed while it was read: ", failed.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, FakeTransfer, string> Lies => new()
    {
        { "another part", new FakeTransfer { Shift = 1 }, "the server sent \"bytes 5-9/10\" for the bytes from 4 on" },
        { "another total", new FakeTransfer { StatedTotal = 11 }, "when it was listed, and has 11 now" },
        { "another length", new FakeTransfer { IgnoresRange = true, StatedLength = 11 }, "and has 11 now" },
        { "no range", new FakeTransfer { Instead = FakeReply.Of(416) }, "it ends at byte ?, before byte 4" },
        { "a condition", new FakeTransfer { Instead = FakeReply.Of(412) }, "status 412" },
        { "gone", new FakeTransfer { Instead = FakeReply.Of(404) }, "there is no such file" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task An_answer_that_is_not_the_rest_of_the_file_ends_the_transfer(
        string fault, FakeTransfer lie, string text)
    {
        Assert.NotEmpty(fault);
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Digits);
        await using var source = new WebFixture().Http($"{server.Address}a");
        var file = Assert.Single((await source.ListAsync(cancelled)).Files);
        server.Fail(lie);

        var failed = await Assert.ThrowsAsync<UploadException>(
            () => WebFixture.ReadAsync(source, file, 4, cancelled));

        Assert.False(failed.IsTransient);
        Assert.StartsWith($"{server.Address}a ", failed.Message, StringComparison.Ordinal);
        Assert.Contains(text, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_always_cuts_is_given_up_with_the_place()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Digits);
        var fixture = new WebFixture { Attempts = 3 };
        await using var source = fixture.Http($"{server.Address}a");
        var file = Assert.Single((await source.ListAsync(cancelled)).Files);
        server.Fail([new FakeTransfer { CutAt = 4 }, .. Enumerable.Repeat(new FakeTransfer { CutAt = 0 }, 9)]);

        var failed = await Assert.ThrowsAsync<UploadException>(() => fixture.ReadAsync(source, file, cancelled));

        Assert.StartsWith(
            $"{server.Address}a cannot be read at byte 4 of 10", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_are_right_or_the_error_names_the_file_whatever_happens_on_the_way()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        Prop.ForAll(
            Journeys().ToArbitrary(),
            journey => HoldsAsync(server, journey, cancelled).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();
    }

    private static async Task<bool> HoldsAsync(FakeFileServer server, Journey journey, CancellationToken cancelled)
    {
        server.Clear();
        server.Files["/a"] = new FakeFile(Digits)
        {
            ETag = journey.Tag,
            TakesRanges = journey.TakesRanges,
            StatesLength = journey.StatesLength,
        };
        var fixture = new WebFixture { Attempts = 3 };
        await using var source = fixture.Http($"{server.Address}a");
        var file = Assert.Single((await source.ListAsync(cancelled)).Files);
        server.Fail(journey.Faults);
        try
        {
            var read = await fixture.ReadAsync(source, file, cancelled);
            return read.AsSpan().SequenceEqual(Digits);
        }
        catch (UploadException e)
        {
            return e.ExitCode == UploadExit.Source
                && e.Message.Contains($"{server.Address}a", StringComparison.Ordinal);
        }
    }

    private static Gen<Journey> Journeys()
    {
        var fault = Gen.OneOf(
            Gen.Choose(0, 10).Select(at => new FakeTransfer { CutAt = at }),
            Gen.Choose(-3, 3).Select(by => new FakeTransfer { Shift = Math.Max(by, 0) }),
            Gen.Choose(0, 10).Select(at => new FakeTransfer { CutAt = at, IgnoresRange = true }),
            Gen.Constant(new FakeTransfer { Instead = FakeReply.Of(503) }),
            Gen.Constant(new FakeTransfer { Instead = FakeReply.Abort }));
        return from tag in Gen.Elements("\"v\"", "W/\"v\"", null)
               from takesRanges in Gen.Elements(true, false)
               from statesLength in Gen.Elements(true, false)
               from faults in fault.ListOf()
               select new Journey(tag, takesRanges, statesLength, [.. faults.Take(8)]);
    }

    private sealed record Journey(
        string? Tag, bool TakesRanges, bool StatesLength, IReadOnlyList<FakeTransfer> Faults);
}
