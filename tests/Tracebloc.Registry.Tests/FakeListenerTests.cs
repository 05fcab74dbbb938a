using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public sealed class FakeListenerTests
{
    [Fact]
    public async Task A_fake_server_watches_no_file()
    {
        await using var registry = await FakeRegistry.StartAsync(
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain(
            new DirectoryInfo("/proc/self/fd").GetFileSystemInfos(),
            open => open.LinkTarget == "anon_inode:inotify");
    }
}
