namespace Tracebloc.Database.Tests;

public sealed class LoadChoiceTests
{
    [Theory]
    [InlineData(true, null, "Loading by LOAD DATA LOCAL: the server has local_infile=ON")]
    [InlineData(false, null, "Loading by INSERT: the server has local_infile=OFF")]
    [InlineData(true, LoadMethod.Insert, "Loading by INSERT: the settings name this method")]
    [InlineData(false, LoadMethod.LocalInfile, "Loading by LOAD DATA LOCAL: the settings name this method")]
    public void The_method_is_chosen_with_its_reason(bool isAllowed, LoadMethod? wish, string expected) =>
        Assert.Equal(expected, LoadChoice.Of(Facts(isAllowed), wish).ToString());

    [Theory]
    [InlineData(1148)]
    [InlineData(3948)]
    [InlineData(4166)]
    public void A_server_that_refuses_LOAD_DATA_LOCAL_is_loaded_by_INSERT(int number)
    {
        var refused = new DatabaseException(DatabaseFailure.Statement, "refused") { Number = number };

        Assert.Equal(
            $"Loading by INSERT: the server refused LOAD DATA LOCAL (error {number})",
            LoadChoice.Of(Facts(true), null).After(refused)?.ToString());
        Assert.Null(LoadChoice.Of(Facts(false), null).After(refused));
    }

    [Fact]
    public void Another_failure_changes_no_method() => Assert.Null(
        LoadChoice.Of(Facts(true), null).After(
            new DatabaseException(DatabaseFailure.Statement, "full") { Number = 1114 }));

    private static ServerFacts Facts(bool localInfile) =>
        new(ServerKind.MySql, "8.4.0", localInfile, 1 << 20, Encryption.None);
}
