using Tracebloc.Database;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

public sealed class ContentErrorsTests
{
    [Theory]
    [InlineData(DatabaseFailure.Statement, 1406, true)]
    [InlineData(DatabaseFailure.Statement, 3140, true)]
    [InlineData(DatabaseFailure.Statement, 4025, true)]
    [InlineData(DatabaseFailure.Statement, 1062, true)]
    [InlineData(DatabaseFailure.Statement, 1146, false)]
    [InlineData(DatabaseFailure.Statement, 1054, false)]
    [InlineData(DatabaseFailure.Statement, 1114, false)]
    [InlineData(DatabaseFailure.Statement, 1290, false)]
    [InlineData(DatabaseFailure.Statement, 0, false)]
    [InlineData(DatabaseFailure.Conflict, 1213, false)]
    [InlineData(DatabaseFailure.Connection, 2013, false)]
    [InlineData(DatabaseFailure.Access, 1045, false)]
    public void An_error_of_a_value_is_told_from_that_of_a_table(DatabaseFailure failure, int number, bool isContent) =>
        Assert.Equal(isContent, ContentErrors.IsContent(new DatabaseException(failure, "x") { Number = number }));

    [Theory]
    [InlineData("Duplicate entry 'a' for key 'gadget.PRIMARY'", true)]
    [InlineData("Duplicate entry 'a' for key 'PRIMARY'", true)]
    [InlineData("Duplicate entry 'a' for key 'gadget.by_name'", false)]
    public void Only_the_primary_key_makes_a_race(string text, bool isRace) => Assert.Equal(
        isRace,
        ContentErrors.IsRace(
            new DatabaseException(DatabaseFailure.Statement, "x") { Number = 1062, ServerMessage = text }));

    [Theory]
    [InlineData("Data too long for column 'name' at row 3", "Data too long for column 'name' at row 3 (error 1)")]
    [InlineData(
        "Incorrect datetime value: 'it's a secret' for column 'made_at' at row 1",
        "Incorrect datetime value: '…' for column 'made_at' at row 1 (error 1)")]
    [InlineData("Duplicate entry 'secret' for key 'x'", "Duplicate entry '…' for key 'x' (error 1)")]
    public void The_values_of_an_object_are_not_repeated(string text, string shown) => Assert.Equal(
        shown,
        ContentErrors.Text(new DatabaseException(DatabaseFailure.Statement, "x") { Number = 1, ServerMessage = text }));

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(
        $"{new string('x', 1_000)} (error 1)",
        ContentErrors.Text(new DatabaseException(DatabaseFailure.Statement, "x")
        {
            Number = 1,
            ServerMessage = new string('x', 5_000),
        }));
}
