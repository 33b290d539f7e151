#include "go_asm.h"
#include "textflag.h"

// The samples of jpegcolour.go with AVX2, eight at once: a pixel is a lane of 32
// bits, BGRX from the lowest byte on.
//
//	DI  luma of the rows, in samples       SI  the upper of two rows of pixels
//	R8  chroma of the rows, in samples     R9  stride
//	CX  pairs of rows of this block        DX  rows of blocks
//	BX  t, the tables
//	Y8 to Y11   bytes of blue and red, factors of luma, half
//	Y12         grey and what rounds chroma
//
// Operands are in the order of Go: VPSUBD a, b, c is c = b - a.

// LUMA stores the luma of eight pixels, and keeps their blue and red, and their
// green and X, as words in rb and gx. The factor of green is halved to fit.
#define LUMA(from, to, rb, gx) \
	VMOVDQU  from, gx      \
	VPAND    Y8, gx, rb    \
	VPSRLW   $8, gx, gx    \
	VPMADDWD Y9, rb, Y2    \
	VPMADDWD Y10, gx, Y3   \
	VPADDD   Y3, Y3, Y3    \
	VPADDD   Y3, Y2, Y2    \
	VPADDD   Y11, Y2, Y2   \
	VPSRLD   $16, Y2, Y2   \
	VMOVDQU  Y2, to

// SQUARES makes left eight sums of four pixels, of eight by two in left and of
// eight by two in right, whose rows are added already.
#define SQUARES(left, right) \
	VPHADDD right, left, left \ // 0 to 3 of left and of right, then 4 to 7
	VPERMQ  $0xd8, left, left

// CHROMA stores chroma of the sums in Y4 and Y6. The factors are below 0, so
// that 32768 fits.
#define CHROMA(redBlue, green, to) \
	VPMADDWD redBlue, Y4, Y0 \
	VPMADDWD green, Y6, Y1   \
	VPSUBD   Y0, Y12, Y0     \
	VPSUBD   Y1, Y0, Y0      \
	VPSRLD   $18, Y0, Y0     \
	VMOVDQU  Y0, to

// func convertAVX2(samples *[3][2 * block * block]int32, pix *byte, stride int, t *colourTables)
TEXT ·convertAVX2(SB), NOSPLIT, $0-32
	MOVQ samples+0(FP), DI
	MOVQ pix+8(FP), SI
	MOVQ stride+16(FP), R9
	MOVQ t+24(FP), BX
	LEAQ 1024(DI), R8
	VMOVDQU colourTables_bytes(BX), Y8
	VMOVDQU colourTables_lumaRB(BX), Y9
	VMOVDQU colourTables_lumaG(BX), Y10
	VMOVDQU colourTables_half(BX), Y11
	VMOVDQU colourTables_grey(BX), Y12
	MOVQ $2, DX

blocks:
	MOVQ $4, CX

rows:
	LUMA(0(SI), 0(DI), Y4, Y6)
	LUMA(32(SI), 256(DI), Y5, Y7)
	ADDQ R9, SI
	LUMA(0(SI), 32(DI), Y0, Y1)
	VPADDD Y0, Y4, Y4
	VPADDD Y1, Y6, Y6
	LUMA(32(SI), 288(DI), Y0, Y1)
	VPADDD Y0, Y5, Y5
	VPADDD Y1, Y7, Y7
	ADDQ R9, SI
	SQUARES(Y4, Y5)
	SQUARES(Y6, Y7)
	CHROMA(colourTables_cbRB(BX), colourTables_cbG(BX), 0(R8))
	CHROMA(colourTables_crRB(BX), colourTables_crG(BX), 256(R8))
	ADDQ $64, DI
	ADDQ $32, R8
	DECQ CX
	JNZ  rows
	ADDQ $256, DI // past the right block
	DECQ DX
	JNZ  blocks
	VZEROUPPER
	RET
