using System.Text;
using Soracom.Portal.Features.Billing.Files;

namespace Soracom.Portal.Tests.Features.Billing;

/// <summary>Detailed files of any columns, with what is broken in them told and left out.</summary>
[Collection(Alone.Name)]
public sealed class BillFileReaderTests
{
    [Fact]
    public async Task Read_AByteOrderMark_AndColumnsInAnotherOrder_WithUnknownOnes()
    {
        var sums = await ReadAsync("﻿\"割引,率\",date,Amount,SIM_ID,BillItemName,group\n5,20260301,1.5,8942310000000000001,a,\"東京, 1\"\n,20260302,2.25,8942310000000000002,b,\n,202603,-0.75,8942310000000000001,a,\n");

        Assert.Equal((3, 0, 3.0m), (sums.Rows, sums.BadRows, sums.Total));
        Assert.Equal(["割引,率", "group"], sums.OtherColumns);
        Assert.Equal([("a", 0.75m), ("b", 2.25m)], sums.Items.Select(item => (item.Key, item.Value.Amount)).Order());
        Assert.Equal([("8942310000000000001", 0.75m), ("8942310000000000002", 2.25m)], sums.Sims.Select(sim => (sim.Key, sim.Value)).Order());
    }

    [Theory]
    [InlineData("group,sim_id,currency,yearmonth,itemName,billItemCategory,amount,imsi")]
    [InlineData("sim_id,yearmonth,itemName,billItemCategory,amount,imsi,currency,group")]
    [InlineData("IMSI,imsi,Sim-Id,amount,AMOUNT,billItemName,Bill Item Name,unitPrice")]
    [InlineData("currency,currency2,amount,sim_id,,,,")]
    public async Task Read_TagsThatAreCalledLikeTheVendorsColumns_AreTags(string tags)
    {
        // Currency beside the amount may be the vendor's own; there it is one of these.
        var own = tags.StartsWith("currency", StringComparison.Ordinal) ? "imsi,date,billItemName,unitPrice,quantity,currency,amount" : "imsi,date,billItemName,unitPrice,quantity,amount";
        var count = own.Split(',').Length;
        string Row(string imsi, string item, string amount) => string.Join(',', new[] { imsi, "20260301", item, "1", "1", "JPY", amount }.Where((_, index) => count == 7 || index != 5).Concat(tags.Split(',').Select(_ => "999")));

        var sums = await ReadAsync($"{own},{tags}\n{Row("440100000000001", "a", "1.5")}\n{Row("440100000000002", "b", "2.5")}\n");

        Assert.Equal((2, 0, 4m), (sums.Rows, sums.BadRows, sums.Total));
        Assert.Equal(tags.Split(','), sums.OtherColumns);
        Assert.Equal([("a", 1.5m), ("b", 2.5m)], sums.Items.Select(item => (item.Key, item.Value.Amount)).Order());
        Assert.All(sums.Items.Values, item => Assert.Equal("", item.Category));
        Assert.Equal([("440100000000001", 1.5m), ("440100000000002", 2.5m)], sums.Imsis.Select(sim => (sim.Key, sim.Value.Amount)).Order());
        Assert.Empty(sums.Sims);
    }

    [Fact]
    public async Task Copy_LeavesOutRowsThatCanNotBeToldApart_AndHasThoseThatWereNotCounted()
    {
        const string File = "imsi,billItemName,currency,amount\n1,a,JPY,10\n2,\"a,JPY,20\n3,a,USD,30\n4,a,JPY,many\n5,a,JPY,50,6,7\n6,=1+1,JPY,-60\n";
        using var copy = new MemoryStream();

        await BillFileCopy.WriteAsync(new MemoryStream(Encoding.UTF8.GetBytes(File)), copy, Watchdog.Token);
        var sums = await ReadAsync(File);

        Assert.Equal(
            "\uFEFFimsi,billItemName,currency,amount\r\n1,a,JPY,10\r\n3,a,USD,30\r\n4,a,JPY,many\r\n5,a,JPY,50,6,7\r\n6,'=1+1,JPY,-60\r\n",
            Encoding.UTF8.GetString(copy.ToArray()));
        Assert.Equal(2, sums.Rows);
        Assert.Equal([3, 4, 5, 6], sums.BadLines);
    }

    [Fact]
    public async Task Read_AColumnTwice_CountsTheFirst_AndAnUnknownOneBetweenEndsNothing()
    {
        var sums = await ReadAsync("operator,imsi,imsi,billItemName,itemName,discountRate,amount,amount\nOP,1,2,a,b,5,10,20\n");

        Assert.Equal((10m, "1", "a"), (sums.Total, Assert.Single(sums.Imsis).Key, Assert.Single(sums.Items).Key));
        Assert.Equal(["operator", "imsi", "itemName", "discountRate", "amount"], sums.OtherColumns);
    }

    [Fact]
    public async Task Read_ARowThatDoesNotSayWhatItIsFor_IsAnItemWithoutAName_AndNoTax()
    {
        var sums = await ReadAsync($"imsi,billItemName,amount\n1,a,10\n1,,5\n,{new string('x', 200)},2\n");
        var without = await ReadAsync("imsi,amount\n1,10\n");

        Assert.Equal((17m, 3, 0), (sums.Total, sums.Rows, sums.BadRows));
        Assert.Equal([("", 7m), ("a", 10m)], sums.Items.Select(item => (item.Key, item.Value.Amount)).Order());
        // A file that tells no items at all has none.
        Assert.Empty(without.Items);
    }

    [Fact]
    public async Task Read_ASimByItsImsiAndItsId_IsTakenByTheImsi_AndTheIdStandsBesideIt()
    {
        var sums = await ReadAsync("simId,imsi,billItemName,amount\n8942310000000000001,1,a,10\n8942310000000000001,1,b,5\n8942310000000000002,,a,3\n");

        Assert.Equal([("1", 15m, "8942310000000000001")], sums.Imsis.Select(sim => (sim.Key, sim.Value.Amount, sim.Value.SimId)));
        Assert.Equal([("8942310000000000002", 3m)], sums.Sims.Select(sim => (sim.Key, sim.Value)));
    }

    [Theory]
    [InlineData("imsi,billItemName,amount\r\n1,a,1\r\n1,a,x\r\n1,a,2\r\n", 2, "3")]
    [InlineData("imsi,billItemName,amount\n1,a,1\n1,a\n1,a,2,9\n1,a,2\n", 2, "3 4")]
    [InlineData("imsi,billItemName,amount\n1,\"a\nb\",1\n\n1,\"never closed,1\n1,a,2\n1,a,4\n", 3, "5")]
    [InlineData("imsi,billItemName,amount\r1,a,1e30\r1,a,1e-3\r", 1, "2")]
    [InlineData("imsi,billItemName,amount,currency\n1,a,1,JPY\n1,a,1,USD\n1,a,2,\n", 2, "3")]
    [InlineData("imsi,billItemName,amount\n1,a,\"1,000\"\n1,a,9999999999999\n", 0, "2 3")]
    public async Task Read_RowsThatCanNotBeUnderstood_AreToldByTheirLines_AndTheOthersCount(string file, int rows, string lines)
    {
        var sums = await ReadAsync(file);

        Assert.Equal((rows, lines), (sums.Rows, string.Join(' ', sums.BadLines)));
        Assert.Equal(sums.BadLines.Count, sums.BadRows);
    }

    [Fact]
    public async Task Read_ALineWithoutAnEnd_IsLeftOutAlone()
    {
        var sums = await ReadAsync($"imsi,billItemName,amount\n1,a,1\n1,\"{new string('x', 3 * BillRows.MostLength)}\",1\n1,a,2\n");

        Assert.Equal((2, 1, 3m), (sums.Rows, sums.BadRows, sums.Total));
        Assert.Equal([3], sums.BadLines);
    }

    [Fact]
    public async Task Read_ManyBadRows_TellsTheFirstOfThem()
    {
        var sums = await ReadAsync($"amount\n{string.Concat(Enumerable.Repeat("x\n", 1000))}1\n");

        Assert.Equal((1, 1000, BillFileReader.MostLinesTold), (sums.Rows, sums.BadRows, sums.BadLines.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("one,two\n1,2\n")]
    [InlineData("\"never closed")]
    public async Task Read_AFileWithoutAmounts_HasNone(string file) => Assert.False((await ReadAsync(file)).HasAmounts);

    [Fact]
    public async Task Read_AHugeFile_TakesNoMoreMemoryThanASmallOne()
    {
        const int Rows = 400_000;
        await using var file = new Endless("imsi,date,billItemName,unitPrice,quantity,amount,group\n", "44010000000000{0},20260301,dailyChargeTotal,10,1,10.5,group\n", Rows);
        await BillFileReader.ReadAsync(new MemoryStream("amount\n1\n"u8.ToArray()), "JPY", TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        file.AtEnd = () => GC.GetTotalMemory(forceFullCollection: true);

        var sums = await BillFileReader.ReadAsync(file, "JPY", TestContext.Current.CancellationToken);

        Assert.Equal((Rows, 0, Rows * 10.5m), (sums.Rows, sums.BadRows, sums.Total));
        Assert.Equal(10, sums.Imsis.Count);
        Assert.InRange(file.MemoryAtEnd - before, long.MinValue, 4 << 20);
    }

    private static async Task<BillFileSums> ReadAsync(string file) =>
        await BillFileReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), "JPY", TestContext.Current.CancellationToken);

    /// <summary>A file that is made while it is read, and looks at the memory in use before it ends.</summary>
    private sealed class Endless(string head, string row, int rows) : Stream
    {
        private readonly byte[][] lines = [.. Enumerable.Range(0, 10).Select(number => Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, row, number)))];
        private byte[] line = Encoding.UTF8.GetBytes(head);
        private int at;
        private int made;

        public Func<long>? AtEnd { get; set; }

        public long MemoryAtEnd { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = 0;
            while (taken < count)
            {
                if (at == line.Length)
                {
                    if (made == rows)
                    {
                        MemoryAtEnd = MemoryAtEnd == 0 ? AtEnd!() : MemoryAtEnd;
                        return taken;
                    }

                    (line, at) = (lines[made++ % lines.Length], 0);
                }

                var copied = Math.Min(count - taken, line.Length - at);
                line.AsSpan(at, copied).CopyTo(buffer.AsSpan(offset + taken));
                (at, taken) = (at + copied, taken + copied);
            }

            return taken;
        }

        public override void Flush()
        {
            // Nothing is written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
