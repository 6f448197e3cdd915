using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.Jobs.Files;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Sims.Jobs;

/// <summary>What CSV files of changes say, and everything that can be wrong with them.</summary>
public sealed class FileReaderTests
{
    private const string Sim = "8942310000000000001";

    private static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly FileValues Values = new([new GroupName("g-1", "東京"), new GroupName("g-2", "Twice"), new GroupName("g-3", "Twice")], "Asia/Tokyo");

    [Fact]
    public void Read_EveryColumn_MakesTheChangesInTheirOrder()
    {
        var row = Assert.Single(Read(
            "status,sim_id,name,tag:site,group,imei_lock,speed_class,termination_protection,expiry,expiry_action",
            $"suspended,{Sim},本社 1,\"a \"\"b\"\", c\",東京,490154203237518,s1.fast,off,2027-03-31 23:59,terminate").Rows);

        Assert.Equal((2, FileField.SimId, Sim), (row.Line, row.By, row.Id));
        Assert.Equal(
            [
                new SimNameChange("本社 1"),
                new SimTagChange("site", "a \"b\", c"),
                new SimGroupChange("g-1", "東京"),
                new SimImeiLockChange("490154203237518"),
                new SimSpeedChange(SpeedClass.Fast),
                new SimProtectionChange(On: false),
                new SimExpiryChange(new DateTimeOffset(2027, 3, 31, 14, 59, 0, TimeSpan.Zero), ExpiryAction.Terminate),
                new SimStatusChange(SimStatus.Suspended),
            ],
            row.Changes);
    }

    [Fact]
    public void Read_Dashes_TakeAway()
    {
        var row = Assert.Single(Read("sim_id,name,tag:site,group,imei_lock,expiry,status", $"{Sim},-,-,-,-,-,Terminated").Rows);

        Assert.Equal(
            [new SimNameChange(""), new SimTagRemoval("site"), new SimGroupChange(GroupId: null), new SimImeiLockChange(Imei: null), new SimExpiryChange(At: null), new SimTermination()],
            row.Changes);
    }

    [Fact]
    public void Read_BlankCellsAndLines_AskForNothing()
    {
        var content = Read("sim_id,name,group", $"{Sim},,", "", ",,", "8942310000000000002,New,");

        Assert.Equal(0, content.Problems.Count);
        Assert.Equal([(2, 0), (5, 1)], content.Rows.Select(row => (row.Line, row.Changes.Count)));
    }

    [Theory]
    [InlineData("imsi,name", "440100000000001,A", "Imsi", "440100000000001")]
    [InlineData("iccid,imsi,name", "8981100000000000001,440100000000001,A", "Imsi", "440100000000001")]
    [InlineData("iccid,imsi,name", "8981100000000000001,,A", "Iccid", "8981100000000000001")]
    public void Read_OtherIds_NameTheSim(string header, string line, string by, string id)
    {
        var row = Assert.Single(Read(header, line).Rows);
        Assert.Equal((by, id), (row.By.ToString(), row.Id));
    }

    [Theory]
    [InlineData("2027-03-31", "2027-03-30T15:00:00Z")]
    [InlineData("2027-03-31 09:00", "2027-03-31T00:00:00Z")]
    [InlineData("2027-03-31T09:00:30", "2027-03-31T00:00:30Z")]
    [InlineData("2027-03-31T09:00Z", "2027-03-31T09:00:00Z")]
    [InlineData("2027-03-31T09:00:00.250+02:00", "2027-03-31T07:00:00.250Z")]
    public void Read_Times_AreTheTenantsUnlessTheySayOtherwise(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), Assert.IsType<SimExpiryChange>(Assert.Single(Assert.Single(Read("sim_id,expiry", $"{Sim},{text}").Rows).Changes)).At);

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("shift_jis", false)]
    public void Read_EncodingsOfSpreadsheets_AreUnderstood(string name, bool mark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"sim_id,name\r\n{Sim},青葉物流～①\r\n")];

        Assert.Equal(new SimNameChange("青葉物流～①"), Assert.Single(Assert.Single(FileReader.Read(bytes, Values, Now).Rows).Changes));
    }

    [Theory]
    [InlineData('\t')]
    [InlineData(';')]
    public void Read_OtherDelimiters_AreUnderstood(char delimiter) =>
        Assert.Equal(new SimNameChange("A, B"), Assert.Single(Assert.Single(Read($"sim_id{delimiter}name", $"{Sim}{delimiter}A, B").Rows).Changes));

    [Theory]
    [InlineData("NotText", 0, "PK\0\0")]
    [InlineData("Blank", 0, "")]
    [InlineData("Blank", 0, "\n\n , ,\n")]
    [InlineData("UnknownColumn", 1, "sim_id,colour\n1,red")]
    [InlineData("UnknownColumn", 1, "sim_id,tag:\n1,red")]
    [InlineData("ColumnWithoutName", 1, "sim_id,name,\n1,A,")]
    [InlineData("ColumnTwice", 1, "sim_id,name,NAME\n1,A,B")]
    [InlineData("ColumnTwice", 1, "sim_id,tag:a,tag:a\n1,A,B")]
    [InlineData("NoIdentity", 1, "name\nA")]
    [InlineData("NoChange", 1, "sim_id,imsi\n1,2")]
    [InlineData("OpenQuote", 3, "sim_id,name\n1,A\n2,\"B\n3,C")]
    [InlineData("TooManyCells", 3, "sim_id,name\n1,A\n2,B,C")]
    [InlineData("NoId", 2, "sim_id,name\n,A")]
    [InlineData("Mangled", 2, "sim_id,name\n8.94231E+18,A")]
    [InlineData("UnknownGroup", 2, "sim_id,group\n1,Osaka")]
    [InlineData("GroupTwice", 2, "sim_id,group\n1,Twice")]
    [InlineData("BadTime", 2, "sim_id,expiry\n1,31.3.2027")]
    [InlineData("BadTime", 2, "sim_id,expiry\n1,2027-02-30")]
    [InlineData("ActionWithoutExpiry", 2, "sim_id,expiry,expiry_action\n1,,suspend")]
    [InlineData("ActionWithoutExpiry", 2, "sim_id,expiry,expiry_action\n1,-,suspend")]
    [InlineData("BadProtection", 2, "sim_id,termination_protection\n1,yes")]
    [InlineData("Wrong", 2, "sim_id,status\n1,sleeping")]
    [InlineData("Wrong", 2, "sim_id,speed_class\n1,warp")]
    [InlineData("Wrong", 2, "sim_id,expiry\n1,2020-01-01")]
    [InlineData("Wrong", 2, "sim_id,expiry,expiry_action\n1,2027-01-01,explode")]
    [InlineData("Wrong", 2, "sim_id,imei_lock\n1,12345")]
    [InlineData("Wrong", 2, "sim_id,tag:name\n1,A")]
    [InlineData("Wrong", 4, "sim_id,name,imei_lock\n1,\"two\nlines\",\n2,B,x")]
    public void Read_SomethingIsWrong_SaysWhatAndWhere(string key, int line, string text)
    {
        var problem = Assert.Single(FileReader.Read(Encoding.UTF8.GetBytes(text), Values, Now).Problems.Kept);
        Assert.Equal((key, line), (problem.Key, problem.Line));
    }

    [Fact]
    public void Read_ManyWrongLines_CountsThemAllAndKeepsTheFirst()
    {
        var content = Read(["sim_id,status", .. Enumerable.Range(1, 2_000).Select(number => $"{number},sleeping")]);

        Assert.Equal((2_000, FileProblems.MostKept, 2), (content.Problems.Count, content.Problems.Kept.Count, content.Problems.Kept[0].Line));
        Assert.Empty(content.Rows);
    }

    [Fact]
    public void Read_MoreLinesThanAJobHasRows_SaysSo()
    {
        var content = Read(["sim_id,name", .. Enumerable.Range(1, SimJobPlans.MostRows + 1).Select(number => $"{number},A")]);
        Assert.Equal(("TooManyLines", SimJobPlans.MostRows + 2), (content.Problems.Kept.Single().Key, content.Problems.Kept.Single().Line));
    }

    [Fact]
    public void Lines_AnyCells_AreReadAsTheyWereWritten() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>[][]>(),
        table =>
        {
            // A line without cells, or with one that is blank, is a blank line.
            var lines = table.Where(line => line.Length > 0).Select(line => line.Select(cell => cell.Get).ToArray()).ToList();
            var text = string.Concat(lines.Select(line => $"{CsvText.Line(line)}\r\n"));
            var read = CsvText.Read(text, ',').Select(line => line.Cells.ToArray()).ToList();
            Assert.Equal(lines, read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changes_AnyNamesAndTags_AreReadAsTheyWereWritten() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonNull<string> Name, NonNull<string> Tag)[]>(),
        rows =>
        {
            var wanted = rows.Select(row => (Name: Text(row.Name.Get), Tag: Text(row.Tag.Get))).ToList();
            var lines = wanted.Select((row, place) => CsvText.Line([$"{Sim}{place}", CsvText.Harmless(row.Name), CsvText.Harmless(row.Tag)]));

            var content = Read(["sim_id,name,tag:site", .. lines]);

            Assert.Equal(0, content.Problems.Count);
            Assert.Equal(wanted.Select(Changes), content.Rows.Select(row => row.Changes));
        }).QuickCheckThrowOnFailure();

    private static SimChange[] Changes((string Name, string Tag) row) =>
        [.. new SimChange?[] { row.Name.Length == 0 ? null : new SimNameChange(row.Name), row.Tag.Length == 0 ? null : new SimTagChange("site", row.Tag) }.OfType<SimChange>()];

    /// <summary>Text as a name can be: without blanks around it, and no zeros, which no CSV file holds.</summary>
    private static string Text(string any) => any.Replace("\0", "", StringComparison.Ordinal).Replace('\uFEFF', 'x').Trim();

    private static FileContent Read(params string[] lines) => FileReader.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)), Values, Now);
}
