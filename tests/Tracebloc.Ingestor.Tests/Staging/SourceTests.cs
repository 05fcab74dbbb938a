using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

/// <summary>Local files that change meanwhile.</summary>
public sealed class SourceTests : IDisposable
{
    private readonly StagingScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_file_that_is_gone_is_named()
    {
        var (source, file) = Listed();
        File.Delete(file);

        Assert.Equal(
            $"File {file} cannot be read any more: {file} does not exist; start again", await FaultAsync(source));
    }

    [Fact]
    public async Task A_file_that_became_a_link_is_named()
    {
        var (source, file) = Listed();
        File.Move(file, $"{file}.real");
        File.CreateSymbolicLink(file, $"{file}.real");

        Assert.Contains($"{file} is a link", await FaultAsync(source));
    }

    [Theory]
    [InlineData(3 << 20, "grew from 2097152 to 3145728 bytes")]
    [InlineData(1 << 20, "shrank from 2097152 to 1048576 bytes")]
    public async Task A_file_of_another_size_is_named(int size, string change)
    {
        var (source, file) = Listed();
        _scene.Write("a.bin", size);

        Assert.StartsWith($"File {file} {change} during the transfer; ", await FaultAsync(source));
    }

    [Theory]
    [InlineData(3 << 20, "grew from")]
    [InlineData(1 << 20, "shrank from")]
    [InlineData(2 << 20, "was written to")]
    public async Task A_file_that_changes_while_it_is_sent_is_named(int size, string change)
    {
        var (source, file) = Listed();
        var changing = new ChangingSource(source, () =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            stream.SetLength(size);
            stream.WriteByte(7);
            File.SetLastWriteTimeUtc(stream.SafeFileHandle, DateTime.UnixEpoch);
        });

        Assert.StartsWith($"File {file} {change}", await FaultAsync(changing));

        await _scene.FaultsAsync();
        await _scene.SendAsync();
        _scene.RequireSame();
    }

    [Fact]
    public void A_name_that_cannot_be_sent_is_named() => Assert.Equal(
        "File /in/a cannot be sent as a\\b: it has a backslash; rename it",
        Assert.Throws<StagingException>(() => new LocalSource([(new StagedFile("a\\b", 1), "/in/a")])).Message);

    private (LocalSource Source, string File) Listed()
    {
        var file = _scene.Write("a.bin", 2 << 20);
        return (_scene.Source(), file);
    }

    private async Task<string> FaultAsync(IStagingSource source)
    {
        var fault = await Assert.ThrowsAsync<StagingException>(() => _scene.SendAsync(source));
        Assert.Equal((StagingFailure.Changed, false), (fault.Failure, fault.IsTransient));
        Assert.Empty(StagingScene.Tree(_scene.Place.Files));
        return fault.Message;
    }

    private sealed class ChangingSource(IStagingSource inner, Action change) : IStagingSource
    {
        public IReadOnlyList<StagedFile> Files => inner.Files;

        public IStagingContent Open(int index) => new ChangingContent(inner.Open(index), change);
    }

    private sealed class ChangingContent(IStagingContent inner, Action change) : IStagingContent
    {
        public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken token)
        {
            var count = await inner.ReadAsync(buffer, offset, token);
            if (offset == 0) change();
            return count;
        }

        public void RequireUnchanged() => inner.RequireUnchanged();

        public void Dispose() => inner.Dispose();
    }
}
