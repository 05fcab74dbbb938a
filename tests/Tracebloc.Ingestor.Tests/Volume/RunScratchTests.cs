using Tracebloc.Configuration;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Volume;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Volume;

public sealed class RunScratchTests : IDisposable
{
    private static readonly DatabaseSettings Database = new()
    {
        Host = "mysql",
        Port = 3306,
        User = "run",
        Password = new Secret("none"),
        Name = "data",
        Wait = TimeSpan.Zero,
    };

    private readonly RecordingLogger _logger = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("scratch-");

    public void Dispose()
    {
        Assert.Empty(_logger.Lines);
        _root.Delete(recursive: true);
    }

    [Fact]
    public void The_holder_of_a_table_s_lock_removes_the_scratch_of_every_earlier_attempt()
    {
        var (dead, next) = (Made(Database, "houses"), Made(Database, "houses"));
        File.WriteAllText(dead.ProcessedRows, "[]");

        next.TryRemoveOthers(_logger);

        Assert.False(Directory.Exists(dead.Folder));
        Assert.True(Directory.Exists(next.Folder));
    }

    [Fact]
    public void Scratch_of_another_table_database_or_server_may_be_of_a_living_run()
    {
        RunScratch[] others =
        [
            Made(Database, "cats"), Made(Database with { Name = "other" }, "houses"),
            Made(Database with { Host = "mariadb" }, "houses"), Made(Database with { Port = 3307 }, "houses"),
        ];
        var file = Path.Combine(_root.FullName, "scratch-notes.txt");
        File.WriteAllText(file, "");

        Made(Database, "houses").TryRemoveOthers(_logger);

        Assert.All(others, other => Assert.True(Directory.Exists(other.Folder)));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void A_link_in_the_place_of_scratch_is_not_followed()
    {
        var (elsewhere, dead) = (_root.CreateSubdirectory("elsewhere"), Made(Database, "houses"));
        Directory.Delete(dead.Folder);
        Directory.CreateSymbolicLink(dead.Folder, elsewhere.FullName);

        Made(Database, "houses").TryRemoveOthers(_logger);

        Assert.True(Directory.Exists(elsewhere.FullName));
    }

    [Fact]
    public void Without_a_folder_there_is_nothing_to_remove() =>
        new RunScratch(Path.Combine(_root.FullName, "none"), Database, "houses", Guid.NewGuid())
            .TryRemoveOthers(_logger);

    private RunScratch Made(DatabaseSettings database, string table)
    {
        var scratch = new RunScratch(_root.FullName, database, table, Guid.NewGuid());
        scratch.Make();
        return scratch;
    }
}
