using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Shared.Text;

/// <summary>What a spreadsheet may calculate in a file with amounts, and what it may not.</summary>
public sealed class AmountRowTests
{
    [Theory]
    [InlineData("-417845")]
    [InlineData("-0.05")]
    [InlineData("12")]
    [InlineData("Truck 7")]
    public void Row_AmountsAndNames_StandAsTheyAre(string cell) => Assert.Equal($"{cell}\r\n", CsvText.RowWithAmounts([cell]));

    [Theory]
    [InlineData("-1+1")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("-A1")]
    [InlineData("- 1")]
    [InlineData("+81 3")]
    [InlineData("=1")]
    [InlineData("@SUM(A1)")]
    [InlineData(" =1")]
    [InlineData("－1")]
    public void Row_WhatLooksLikeAFormula_IsNoneAnyMore(string cell) => Assert.Equal($"'{cell}\r\n", CsvText.RowWithAmounts([cell]));

    [Theory]
    [InlineData("a;=1+1")]
    [InlineData("a\t=1+1")]
    [InlineData("a,=1+1")]
    public void Row_WhatHoldsASeparatorOfAnyCountry_IsOneCell(string cell) => Assert.Equal($"\"{cell}\"\r\n", CsvText.RowWithAmounts([cell]));
}
